import { useRevalidator } from '@remix-run/react'
import { ArrowUp } from 'lucide-react'
import type { PaymentList } from '#app/contracts/console.ts'
import { Button } from '../kit/button.tsx'
import { useLiveSnapshot } from '../live/use-live-payments.ts'
import { plural } from './format-measure.ts'

/**
 * Counts payments that came since the list was read. They are put in on request, so the row under the pointer
 * never moves away. Text and amount filters are the server's to judge, so then only a reload says.
 */
export function NewerPayments({ list }: { list: PaymentList }) {
	const { payments: live } = useLiveSnapshot()
	const { revalidate, state } = useRevalidator()
	const { filters, payments } = list
	if (filters.starting_after ?? filters.ending_before) return null
	const newest = payments[0]
	const count = [...live.values()].filter(
		(payment) =>
			(!newest ||
				payment.created > newest.created ||
				(payment.created === newest.created && payment.id > newest.id)) &&
			(!filters.status || payment.status === filters.status) &&
			(!filters.currency || payment.currency === filters.currency) &&
			!(filters.q ?? filters.min ?? filters.max ?? filters.to),
	).length
	// The place is always there, so the list does not jump when the first one comes.
	return (
		<span role="status">
			{count > 0 && (
				<Button size="sm" tone="primary" pending={state === 'loading'} onClick={revalidate}>
					<ArrowUp aria-hidden="true" />
					Show {plural(count, 'new payment')}
				</Button>
			)}
		</span>
	)
}
