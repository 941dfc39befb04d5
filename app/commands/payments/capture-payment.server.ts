import { inTransaction } from '#db/client.ts'
import { operateOnPayment } from '#jobs/catalog/payments.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import {
	CAPTURE,
	requestOperation,
	type OperationDeps,
	type OperationInput,
} from './request-operation.server.ts'

/** Captures an authorized payment, all of it or a part; the rest is released. */
export async function capturePayment(
	deps: OperationDeps,
	input: OperationInput & { amountMinor: bigint | null },
): Promise<KeptPayment> {
	const payment = await inTransaction(deps.db, (tx) =>
		requestOperation(tx, deps, input, { ...CAPTURE, amountMinor: input.amountMinor }),
	)
	deps.committed([operateOnPayment.name])
	return payment
}
