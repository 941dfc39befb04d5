import { useState } from 'react'
import type { Payment } from '#app/contracts/payments.ts'

/** Which rows of a table are chosen, and how to change that. */
export type RowChoice = {
	chosen: ReadonlySet<string>
	change: (ids: readonly string[], on: boolean) => void
}

export const canRefund = (payment: Pick<Payment, 'amount_refundable'>): boolean =>
	payment.amount_refundable > 0

/** The chosen payments of this page; a row that left the page is no longer chosen. */
export function useRowChoice(payments: Payment[]): RowChoice & { clear: () => void } {
	const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
	return {
		chosen: new Set(
			payments.filter((payment) => ids.has(payment.id) && canRefund(payment)).map(({ id }) => id),
		),
		change: (changed, on) =>
			setIds((before) => {
				const after = new Set(before)
				for (const id of changed) {
					if (on) after.add(id)
					else after.delete(id)
				}
				return after
			}),
		clear: () => setIds(new Set()),
	}
}
