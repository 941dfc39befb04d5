import { Form, Link } from '@remix-run/react'
import { CircleCheck, Scale } from 'lucide-react'
import type { DifferenceFilters, ReconciliationView } from '#app/contracts/reconciliation.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { cn } from '../kit/class-names.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { Pager, type Place } from '../kit/pager.tsx'
import { Select } from '../kit/select.tsx'
import { DifferenceTable } from './difference-table.tsx'
import { CLASS_WORDS } from './difference-words.ts'

const PATH = '/console/reconciliation'

function linkTo(filters: DifferenceFilters, place: Place = {}): string {
	const query = new URLSearchParams()
	if (filters.state === 'closed') query.set('state', 'closed')
	if (filters.class) query.set('class', filters.class)
	if (place.starting_after) query.set('starting_after', place.starting_after)
	if (place.ending_before) query.set('ending_before', place.ending_before)
	const text = query.toString()
	return text ? `${PATH}?${text}` : PATH
}

function StateTabs({ filters }: { filters: DifferenceFilters }) {
	return (
		<div className="flex rounded-md border border-line bg-sunken p-0.5">
			{(['open', 'closed'] as const).map((state) => (
				<Link
					key={state}
					to={linkTo({ ...filters, state })}
					preventScrollReset
					aria-current={filters.state === state ? 'true' : undefined}
					className={cn(
						'rounded-sm px-2.5 py-1 text-sm pointer-coarse:py-2',
						filters.state === state
							? 'bg-panel font-medium text-ink shadow-card'
							: 'text-muted hover:text-ink',
					)}
				>
					{state === 'open' ? 'Open' : 'Closed'}
				</Link>
			))}
		</div>
	)
}

function ClassFilter({ filters }: { filters: DifferenceFilters }) {
	return (
		<Form key={filters.class ?? ''} method="get" className="flex gap-2" aria-label="Filter differences">
			{filters.state === 'closed' && <input type="hidden" name="state" value="closed" />}
			<Select name="class" defaultValue={filters.class ?? ''} aria-label="Class" className="w-36">
				<option value="">Any class</option>
				{Object.entries(CLASS_WORDS).map(([value, { label }]) => (
					<option key={value} value={value}>
						{label}
					</option>
				))}
			</Select>
			<Button type="submit">Filter</Button>
		</Form>
	)
}

function Nothing({ filters, isCompared }: { filters: DifferenceFilters; isCompared: boolean }) {
	if (filters.class || filters.state === 'closed') {
		return (
			<EmptyState
				icon={Scale}
				title="No such difference"
				action={<ButtonLink to={PATH}>Show what is open</ButtonLink>}
			>
				{filters.state === 'closed'
					? 'Nothing of this kind was ever on the list.'
					: 'Take the filter away to see the rest.'}
			</EmptyState>
		)
	}
	return isCompared ? (
		<EmptyState icon={CircleCheck} title="No difference is open">
			Every charge, refund and account line that was compared has its counterpart here. What is younger than a
			few minutes is still on its way and waits for the next run.
		</EmptyState>
	) : (
		<EmptyState icon={Scale} title="Not compared yet">
			The first run starts by itself within the hour, or now with the button above.
		</EmptyState>
	)
}

/** The work list: where the two books differ. */
export function DifferencesPanel({ view }: { view: ReconciliationView }) {
	const { differences, summary } = view
	return (
		<Panel flush title="Differences" action={<StateTabs filters={differences.filters} />}>
			<div className="border-b border-line px-4 py-2.5">
				<ClassFilter filters={differences.filters} />
			</div>
			{differences.rows.length > 0 ? (
				<DifferenceTable differences={differences.rows} />
			) : (
				<Nothing filters={differences.filters} isCompared={summary.last_run !== null} />
			)}
			<Pager
				ids={differences.rows.map(({ id }) => id)}
				hasMore={differences.hasMore}
				place={differences.filters}
				linkTo={(place) => linkTo(differences.filters, place)}
			/>
		</Panel>
	)
}
