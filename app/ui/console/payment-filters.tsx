import { Form, Link } from '@remix-run/react'
import { Search, SlidersHorizontal, X } from 'lucide-react'
import type { PaymentFilters } from '#app/contracts/console.ts'
import { PAYMENT_STATES } from '#app/domain/payments/payment-state.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import { STATUS_WORDS } from '../kit/status-badge.tsx'
import { activeFilters } from './active-filters.ts'

type PaymentFilterBarProps = { filters: PaymentFilters; error: string | null; pending: boolean }

/** A plain GET form: what it filters by stands in the URL, and it works before any script has loaded. */
export function PaymentFilterBar({ filters, error, pending }: PaymentFilterBarProps) {
	const chips = activeFilters(filters)
	const hasMore = Boolean(filters.min ?? filters.max ?? filters.from ?? filters.to ?? filters.currency)
	// A new key refills the fields when the URL changes by a chip or the back button.
	const key = JSON.stringify(chips.map(({ text }) => text))
	return (
		<div className="mb-4 grid gap-3">
			<Form key={key} method="get" role="search" aria-label="Filter payments" className="grid gap-3">
				<div className="flex flex-wrap gap-2">
					<div className="w-full sm:w-76">
						<Input
							name="q"
							type="search"
							defaultValue={filters.q}
							placeholder="Reference, id, email or description"
							aria-label="Search"
							before={<Search aria-hidden="true" />}
						/>
					</div>
					<Select
						name="status"
						defaultValue={filters.status ?? ''}
						aria-label="Status"
						className="max-sm:flex-1 sm:w-48"
					>
						<option value="">Any status</option>
						{PAYMENT_STATES.map((state) => (
							<option key={state} value={state}>
								{STATUS_WORDS[state].label}
							</option>
						))}
					</Select>
					<Button type="submit" pending={pending}>
						Filter
					</Button>
				</div>
				<details open={hasMore || error !== null} className="group">
					<summary className="flex w-fit list-none items-center gap-1.5 rounded-sm text-sm text-muted hover:text-ink pointer-coarse:min-h-9 [&::-webkit-details-marker]:hidden">
						<SlidersHorizontal aria-hidden="true" className="size-3.5" />
						Amount and date
					</summary>
					<div className="mt-3 grid grid-cols-2 gap-3 sm:flex sm:flex-wrap">
						<Field label="At least" className="sm:w-30">
							{(control) => (
								<Input
									{...control}
									name="min"
									inputMode="decimal"
									defaultValue={filters.min}
									placeholder="0.00"
								/>
							)}
						</Field>
						<Field label="At most" className="sm:w-30">
							{(control) => (
								<Input
									{...control}
									name="max"
									inputMode="decimal"
									defaultValue={filters.max}
									placeholder="0.00"
								/>
							)}
						</Field>
						<Field label="Currency" className="sm:w-26">
							{(control) => (
								<Input
									{...control}
									name="currency"
									maxLength={3}
									autoCapitalize="none"
									defaultValue={filters.currency}
									placeholder="usd"
								/>
							)}
						</Field>
						<Field label="From" className="sm:w-40">
							{(control) => <Input {...control} name="from" type="date" defaultValue={filters.from} />}
						</Field>
						<Field label="To" className="sm:w-40">
							{(control) => <Input {...control} name="to" type="date" defaultValue={filters.to} />}
						</Field>
					</div>
				</details>
			</Form>
			{error && (
				<p role="alert" className="text-sm text-bad">
					{error}
				</p>
			)}
			{chips.length > 0 && (
				<ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
					{chips.map(({ key: name, text, without }) => (
						<li key={name}>
							<Link
								to={without}
								aria-label={`Remove filter: ${text}`}
								className="inline-flex h-7 items-center gap-1.5 rounded-full border border-accent/30 bg-accent-soft pr-2 pl-3 text-sm text-accent hover:border-accent pointer-coarse:h-9"
							>
								{text}
								<X aria-hidden="true" className="size-3.5" />
							</Link>
						</li>
					))}
					<li>
						<ButtonLink to="/console/payments" tone="quiet" size="sm">
							Clear all
						</ButtonLink>
					</li>
				</ul>
			)}
		</div>
	)
}
