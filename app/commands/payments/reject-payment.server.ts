import { inTransaction } from '#db/client.ts'
import { operateOnPayment, processPayment } from '#jobs/catalog/payments.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import {
	REJECT,
	requestOperation,
	type OperationDeps,
	type OperationInput,
} from './request-operation.server.ts'

/** Refuses a payment held for review; what is held is released. */
export async function rejectPayment(deps: OperationDeps, input: OperationInput): Promise<KeptPayment> {
	const payment = await inTransaction(deps.db, (tx) =>
		requestOperation(tx, deps, input, { ...REJECT, amountMinor: null }),
	)
	deps.committed([operateOnPayment.name, processPayment.name])
	return payment
}
