import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { PaymentList } from '#app/contracts/console.ts'
import { ButtonLink } from '../kit/button.tsx'
import { pageLink } from './active-filters.ts'

/** Pages by position and not by number: new payments never shift a row from one page to the next. */
export function PaymentPager({ list }: { list: PaymentList }) {
	const { payments, hasMore, filters } = list
	const backwards = filters.ending_before !== undefined
	const hasNewer = backwards ? hasMore : filters.starting_after !== undefined
	const hasOlder = backwards || hasMore
	if (!hasNewer && !hasOlder) return null
	return (
		<nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t border-line px-4 py-2.5">
			{hasNewer && (
				<ButtonLink size="sm" to={pageLink(filters, { ending_before: payments[0]?.id })} prefetch="intent">
					<ChevronLeft aria-hidden="true" />
					Newer
				</ButtonLink>
			)}
			{hasOlder && (
				<ButtonLink
					size="sm"
					to={pageLink(filters, { starting_after: payments.at(-1)?.id })}
					prefetch="intent"
				>
					Older
					<ChevronRight aria-hidden="true" />
				</ButtonLink>
			)}
		</nav>
	)
}
