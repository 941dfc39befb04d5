import { ChevronDown, WalletCards } from 'lucide-react'
import type { MethodRow } from '#app/contracts/method-settings.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Time } from '../kit/time.tsx'
import { CountriesForm, LimitForm, LimitLine, MethodSwitch } from './method-forms.tsx'

const STATES: Record<MethodRow['state'], { word: string; tone: Tone; says: string }> = {
	live: { word: 'Live', tone: 'good', says: 'Real money moves' },
	test: { word: 'Test', tone: 'wait', says: 'The gateway’s own test mode: no real money moves' },
	sandbox: { word: 'Sandbox', tone: 'neutral', says: 'Our own stand-in: no real money moves' },
	missing_key: { word: 'Missing key', tone: 'warn', says: 'The gateway is not connected' },
}
const OFF = { word: 'Off', tone: 'neutral', says: 'Nobody can pay with it' } as const

const stateOf = ({ state, isOn }: MethodRow) => (state === 'missing_key' || isOn ? STATES[state] : OFF)

/** What the merchant decided, in a line; what nobody decided is not mentioned. */
function summaryOf({ countries, gatewayCountries, limits }: MethodRow): string {
	const amounts = limits.map(({ currency, min, max }) => {
		const code = currency.toUpperCase()
		if (min && max) return `${min} to ${max} ${code}`
		return min ? `from ${min} ${code}` : `up to ${max} ${code}`
	})
	const where = countries ? `only from ${countries.join(', ')}` : `payers from ${gatewayCountries}`
	return [where, ...amounts].join(' · ')
}

export function MethodList({ rows, maySet }: { rows: MethodRow[]; maySet: boolean }) {
	if (rows.length === 0) {
		return (
			<EmptyState icon={WalletCards} title="No gateway takes anything">
				Connect a gateway in the settings of this installation first.
			</EmptyState>
		)
	}
	return (
		<ul aria-label="Payment methods">
			{rows.map((row) => (
				<li key={`${row.gateway} ${row.type}`} className="border-b border-line last:border-b-0">
					<Method row={row} maySet={maySet} />
				</li>
			))}
		</ul>
	)
}

function Method({ row, maySet }: { row: MethodRow; maySet: boolean }) {
	const { word, tone, says } = stateOf(row)
	return (
		<>
			<div className="flex items-start justify-between gap-x-4 px-4 pt-3">
				<div className="min-w-0">
					<h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
						{row.title}
						<span className="text-sm font-normal text-muted">through {row.gatewayTitle}</span>
						<Badge tone={tone} title={says}>
							{word}
						</Badge>
					</h3>
					<p className="text-sm text-muted first-letter:uppercase">{summaryOf(row)}</p>
				</div>
				{maySet && <MethodSwitch row={row} />}
			</div>
			{row.missing.length > 0 && (
				<p className="px-4 pt-1 text-sm text-warn">
					Set{' '}
					{row.missing.map((name, index) => (
						<span key={name}>
							{index > 0 && ' and '}
							<code className="font-mono text-xs break-all">{name}</code>
						</span>
					))}{' '}
					and start the app again.
				</p>
			)}
			<Details row={row} maySet={maySet} />
		</>
	)
}

/** The browser's own disclosure: it opens without script as well. */
function Details({ row, maySet }: { row: MethodRow; maySet: boolean }) {
	return (
		<details className="group px-4 pb-3">
			<summary className="-mx-1.5 mt-1 inline-flex h-8 cursor-pointer list-none items-center gap-1 rounded-md px-1.5 text-sm text-muted hover:text-ink pointer-coarse:h-10 [&::-webkit-details-marker]:hidden">
				<ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
				Limits and countries
				<span className="sr-only">
					{' '}
					of {row.title} through {row.gatewayTitle}
				</span>
			</summary>
			<div className="mt-2 grid gap-4 rounded-md bg-sunken/60 p-3">
				{row.limits.length > 0 && (
					<ul aria-label="Your limits" className="grid gap-1">
						{row.limits.map((limit) => (
							<LimitLine key={limit.currency} row={row} limit={limit} maySet={maySet} />
						))}
					</ul>
				)}
				{maySet ? (
					<>
						<LimitForm row={row} />
						<CountriesForm key={row.countries?.join()} row={row} />
					</>
				) : (
					<p className="text-sm text-muted">
						{row.gatewayTitle} takes it from {row.gatewayCountries}.
					</p>
				)}
				{row.changed && (
					<p className="text-sm text-muted">
						Changed by {row.changed.by}, <Time at={row.changed.at} />
					</p>
				)}
			</div>
		</details>
	)
}
