import type { Tx } from '#db/client.ts'
import { insertAttempts, requestOf, type AttemptRow, type NewAttempt } from '#db/queries/attempts.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { Fallback } from '../../domain/routing/judge-fallback.ts'

type Deps = {
	enqueue: Enqueue
	wayBack: (payment: PaymentRow) => { returnUrl: string; cancelUrl: string }
}

/** A try that was declined, its payment as it is now, and where it goes next. */
export type FallingBack = { payment: PaymentRow; declined: AttemptRow; fallback: Fallback }

/** Step: opens the next try of each payment under an id of its own, in the commit of the decline before it. */
export async function openFallbacks(tx: Tx, deps: Deps, items: readonly FallingBack[]): Promise<void> {
	if (items.length === 0) return
	const attempts = items.map(({ payment, declined, fallback }): NewAttempt => {
		const id = newId('att')
		return {
			id,
			merchant_id: payment.merchant_id,
			payment_id: payment.id,
			provider: fallback.gateway,
			request: {
				...requestOf(declined),
				...deps.wayBack(payment),
				attemptId: id,
				method: fallback.method,
			},
			route: fallback.route,
		}
	})
	await insertAttempts(tx, attempts)
	await deps.enqueue(
		tx,
		processPayment,
		items.map(({ payment }) => ({ paymentId: payment.id as PaymentId })),
	)
}
