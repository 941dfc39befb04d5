import { inTransaction } from '#db/client.ts'
import { operateOnPayment, processPayment } from '#jobs/catalog/payments.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import {
	APPROVE,
	requestOperation,
	type OperationDeps,
	type OperationInput,
} from './request-operation.server.ts'

/** Takes the money of a payment held for review. */
export async function approvePayment(deps: OperationDeps, input: OperationInput): Promise<KeptPayment> {
	const payment = await inTransaction(deps.db, (tx) =>
		requestOperation(tx, deps, input, { ...APPROVE, amountMinor: null }),
	)
	deps.committed([operateOnPayment.name, processPayment.name])
	return payment
}
