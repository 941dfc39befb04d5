import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Handler } from './call.ts'
import { refused } from './errors.ts'
import { orderNamed } from './find.ts'
import { requiredMoney } from './money.ts'
import { absent, type At, list, oneOf, required, text } from './read.ts'

const OPS = ['add', 'replace'] as const
const UNIT = /^\/purchase_units\/@reference_id=='([^']*)'\/(\w+)$/

type Change = (at: At) => Partial<PayPalOrder>

const CHANGES: Record<string, Change> = {
	amount: (at) => ({ amount: requiredMoney(at, 'value') }),
	custom_id: (at) => ({ custom: text(at, 'value', 255) }),
	description: (at) => ({ description: text(at, 'value', 127) }),
	invoice_id: (at) => ({ invoice: text(at, 'value', 127) }),
}

/** The body is a JSON Patch, of which the sandbox knows the four fields an order of its kind has. */
export const patchOrder: Handler = (desk, call) => {
	const order = orderNamed(desk, call.id)
	if (order.status === 'COMPLETED') {
		throw refused('ORDER_ALREADY_COMPLETED', 'The order cannot be patched after it is completed.')
	}
	const patches = list(call.body, 'patches')
	if (patches.length === 0) throw absent('/')
	let changed = order
	for (const patch of patches) changed = { ...changed, ...read(patch, order) }
	desk.books.paypalOrders.put({ ...changed, updated: desk.clock.seconds() })
	return { status: 204 }
}

function read(patch: At, { reference }: PayPalOrder): Partial<PayPalOrder> {
	oneOf(patch, 'op', OPS)
	const [, unit, field = ''] = UNIT.exec(required(patch, 'path', 1_000)) ?? []
	const change = CHANGES[field]
	if (unit === reference && change) return change(patch)
	throw refused('NOT_PATCHABLE', 'Cannot be patched.', `${patch.pointer}/path`)
}
