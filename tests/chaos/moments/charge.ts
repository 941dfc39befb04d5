import { begin, changed, committed, gateway, type Moment } from './moment.ts'

const CHARGE = /^\/v1\/payment_intents$/
const CLAIM = /UPDATE pgboss\.\S+ j SET\s+state = 'active'[\s\S]*WHERE name = 'payments\.process'/

export const POSTING = /insert into ledger_transactions/
export const ATTEMPT = /update payment_attempts/

export const CHARGING: readonly Moment[] = [
	{ name: 'K5', title: 'job claimed, gateway not called', steps: [{ when: changed(CLAIM) }] },
	{
		name: 'K6',
		title: 'gateway has read the request, not acted',
		steps: [{ when: gateway('request', CHARGE) }],
	},
	{ name: 'K7', title: 'gateway acted, answer not sent', steps: [{ when: gateway('answer', CHARGE) }] },
	{
		name: 'K8',
		title: 'answer received, transaction 2 not begun',
		steps: [{ when: gateway('answered', CHARGE) }, { when: begin }],
	},
	{
		name: 'K9',
		title: 'COMMIT of transaction 2 forwarded, its reply lost',
		steps: [{ when: committed(POSTING, ATTEMPT) }],
	},
]
