import { POSTING } from './charge.ts'
import { committed, gateway, type Moment } from './moment.ts'

const REFUND = /^\/v1\/refunds$/
const RESERVED = /insert into "?refunds"?/
const REFUNDED = /update "?refunds"?/

export const REFUNDING: readonly Moment[] = [
	{
		name: 'K15',
		title: 'refund: amount reserved, gateway not called',
		steps: [{ when: committed(RESERVED) }],
	},
	{
		name: 'K16',
		title: 'refund: gateway acted, answer lost',
		steps: [{ when: gateway('answer', REFUND) }],
	},
	{
		name: 'K17',
		title: 'refund: COMMIT of the result forwarded, its reply lost',
		steps: [{ when: committed(REFUNDED, POSTING) }],
	},
]
