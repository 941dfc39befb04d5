import { Form, Link, useSearchParams, useSubmit } from '@remix-run/react'
import { PERIODS, type Period } from '#app/contracts/console.ts'
import { Button } from '../kit/button.tsx'
import { cn } from '../kit/class-names.ts'
import { Select } from '../kit/select.tsx'
import { useHydrated } from '../kit/use-hydrated.ts'

type PickersProps = { period: Period; currency: string; currencies: string[] }

/** Period and currency live in the URL: a link shows the same view to a colleague. */
export function OverviewPickers({ period, currency, currencies }: PickersProps) {
	const submit = useSubmit()
	const hydrated = useHydrated()
	const [params] = useSearchParams()
	const withPeriod = (next: string) => {
		const query = new URLSearchParams(params)
		query.set('period', next)
		return `?${query}`
	}
	return (
		<>
			<div
				role="group"
				aria-label="Period"
				className="inline-flex rounded-md border border-line-strong bg-panel p-0.5 shadow-card"
			>
				{Object.entries(PERIODS).map(([key, { label }]) => (
					<Link
						key={key}
						to={withPeriod(key)}
						replace
						preventScrollReset
						title={label}
						aria-current={key === period ? 'true' : undefined}
						className={cn(
							'grid h-7.5 place-items-center rounded-[0.3rem] px-2.5 text-sm tabular-nums pointer-coarse:h-9 pointer-coarse:px-3.5',
							key === period ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:text-ink',
						)}
					>
						{key}
					</Link>
				))}
			</div>
			{currencies.length > 1 && (
				<Form method="get" preventScrollReset replace onChange={(event) => submit(event.currentTarget)}>
					<input type="hidden" name="period" value={period} />
					<Select
						key={currency}
						name="currency"
						defaultValue={currency}
						aria-label="Currency"
						className="w-24"
					>
						{currencies.map((code) => (
							<option key={code} value={code}>
								{code.toUpperCase()}
							</option>
						))}
					</Select>
					{!hydrated && (
						<noscript>
							<Button type="submit">Show</Button>
						</noscript>
					)}
				</Form>
			)}
		</>
	)
}
