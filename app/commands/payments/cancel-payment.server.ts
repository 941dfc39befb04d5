import { inTransaction } from '#db/client.ts'
import { operateOnPayment, processPayment } from '#jobs/catalog/payments.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import {
	CANCEL,
	requestOperation,
	type OperationDeps,
	type OperationInput,
} from './request-operation.server.ts'

/** Ends a payment before money was taken; what is held is released. */
export async function cancelPayment(deps: OperationDeps, input: OperationInput): Promise<KeptPayment> {
	const payment = await inTransaction(deps.db, (tx) =>
		requestOperation(tx, deps, input, { ...CANCEL, amountMinor: null }),
	)
	deps.committed([operateOnPayment.name, processPayment.name])
	return payment
}
