import { api, begin, commitOf, committed, type Moment } from './moment.ts'

const PAYMENTS = /^\/api\/v1\/payments$/
const KEY = /insert into idempotency_keys/
const PAYMENT = /insert into payments \(/

export const ACCEPTANCE: readonly Moment[] = [
	{
		name: 'K1',
		title: 'request read, before BEGIN',
		steps: [{ when: api('request', PAYMENTS) }, { when: begin }],
	},
	{
		name: 'K2',
		title: 'key, payment and job written, before COMMIT',
		steps: [{ when: commitOf(KEY, PAYMENT) }],
	},
	{
		name: 'K3',
		title: 'COMMIT of the payment forwarded, its reply lost',
		steps: [{ when: committed(KEY, PAYMENT) }],
	},
	{
		name: 'K4',
		title: 'committed, HTTP answer not written',
		steps: [{ when: committed(KEY, PAYMENT) }],
		passes: true,
	},
]
