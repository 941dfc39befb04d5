import type { ServerResponse } from 'node:http'
import type { Fault } from '../faults/plan.ts'
import { hold } from '../faults/wire.ts'
import { PayPalError } from './errors.ts'
import { inProgress } from './idempotency.ts'
import type { At } from './read.ts'

/** Faults that strike before anything was done for the request, in PayPal's words. */
export function stop(fault: Fault, response: ServerResponse): void {
	if (fault === 'timeout_before') return hold(response)
	if (fault === 'conflict_409') throw inProgress()
	throw new PayPalError(fault === 'error_429' ? 'RATE_LIMIT_REACHED' : 'INTERNAL_SERVER_ERROR')
}

/** The order is made out over something else than was asked, in the answer as in the books. */
export function falsify(fault: Fault | undefined, body: At): At {
	if (fault !== 'wrong_amount' && fault !== 'wrong_currency') return body
	const fields = structuredClone(body.fields) as { purchase_units?: { amount?: Record<string, string> }[] }
	const amount = fields.purchase_units?.[0]?.amount
	if (!amount) return body
	if (fault === 'wrong_amount') amount['value'] = `1${amount['value']}`
	else amount['currency_code'] = amount['currency_code'] === 'EUR' ? 'USD' : 'EUR'
	return { ...body, fields }
}
