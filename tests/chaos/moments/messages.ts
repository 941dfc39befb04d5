import { ATTEMPT, POSTING } from './charge.ts'
import { commitOf, committed, gateway, statement, webhook, type Moment } from './moment.ts'

const CHARGE = /^\/v1\/payment_intents$/
const INBOX = /insert into webhook_inbox/
const ATTEMPT_ID = /att_[0-9a-z]{26}/

export const MESSAGES: readonly Moment[] = [
	{
		name: 'K10',
		title: 'webhook acknowledged before our own write of the PaymentIntent id',
		steps: [
			{ when: gateway('answer', CHARGE), holds: true },
			{
				anywhere: true,
				when: (event, [charge]) => {
					const attempt = charge && 'body' in charge && ATTEMPT_ID.exec(charge.body)?.[0]
					return webhook('answered', ({ body, status }) => status === 200 && body.includes(attempt || '?'))(
						event,
						[],
					)
				},
			},
		],
	},
	{
		name: 'K11',
		title: 'webhook verified, inbox row not committed',
		steps: [{ when: commitOf(INBOX) }],
	},
	{
		name: 'K12',
		title: 'inbox committed, 2xx not sent',
		steps: [{ when: committed(INBOX) }],
		passes: true,
	},
	{
		name: 'K13',
		title: 'result half applied: state and ledger written, audit and event not',
		steps: [{ when: statement(/insert into audit_log/, ATTEMPT, POSTING) }],
	},
]
