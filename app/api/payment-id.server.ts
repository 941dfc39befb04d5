import { paymentNotFound } from '../commands/payments/request-operation.server.ts'
import { PaymentId } from '../contracts/ids.ts'

/** The payment a path names. What cannot be an id finds nothing, before it becomes part of a kept key. */
export function paymentIdIn({ id = '' }: Readonly<Record<string, string | undefined>>): PaymentId {
	const parsed = PaymentId.safeParse(id)
	if (!parsed.success) throw paymentNotFound(id)
	return parsed.data
}
