import { Link } from '@remix-run/react'
import type { DisputeFilters } from '#app/contracts/dispute-views.ts'
import { DisputeId } from '#app/contracts/ids.ts'
import { DISPUTE_STATUSES, type DisputeStatus } from '#app/domain/disputes/dispute-state.ts'
import { cn } from '../kit/class-names.ts'
import { STATUS_LABELS } from './dispute-words.ts'

const placeIn = (query: URLSearchParams, name: string): string | undefined =>
	DisputeId.safeParse(query.get(name)).data

/** From the URL; what cannot be a filter is left out. */
export function disputeFiltersFrom(query: URLSearchParams): DisputeFilters {
	const status = DISPUTE_STATUSES.find((known) => known === query.get('status'))
	const after = placeIn(query, 'starting_after')
	const before = placeIn(query, 'ending_before')
	return {
		...(status && { status }),
		...(after && { starting_after: after }),
		...(before && { ending_before: before }),
	}
}

export function disputesLink(filters: DisputeFilters): string {
	const query = new URLSearchParams(Object.entries(filters)).toString()
	return query ? `/console/disputes?${query}` : '/console/disputes'
}

const CHOICES: readonly (DisputeStatus | null)[] = [null, ...DISPUTE_STATUSES]

/** Links and not buttons: what is shown stands in the URL, and it works before any script has loaded. */
export function DisputeFilterBar({ filters }: { filters: DisputeFilters }) {
	return (
		<nav aria-label="Filter disputes" className="mb-4 flex gap-1.5 overflow-x-auto pb-1">
			{CHOICES.map((status) => {
				const isCurrent = (filters.status ?? null) === status
				return (
					<Link
						key={status ?? 'all'}
						to={disputesLink(status ? { status } : {})}
						prefetch="intent"
						aria-current={isCurrent ? 'page' : undefined}
						className={cn(
							'inline-flex h-8 shrink-0 items-center rounded-full border px-3 text-sm transition-colors pointer-coarse:h-10',
							isCurrent
								? 'border-accent/40 bg-accent-soft font-medium text-accent'
								: 'border-line-strong text-muted hover:bg-sunken hover:text-ink',
						)}
					>
						{status ? STATUS_LABELS[status] : 'All'}
					</Link>
				)
			})}
		</nav>
	)
}
