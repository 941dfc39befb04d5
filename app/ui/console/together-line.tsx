import { Link } from '@remix-run/react'
import type { Together } from '#app/contracts/currency-settings.ts'
import { Money } from '../kit/money.tsx'
import { dayWords } from '../kit/format-rate.ts'

/** The one sum across currencies, with the day of its rates. */
export function TogetherLine({ together }: { together: Together | null }) {
	if (!together) return null
	const { amount, currency, asOf, isStale, leftOut } = together
	return (
		<p className="text-sm text-muted">
			Volume of all currencies:{' '}
			<Money amount={amount} currency={currency} withCode className="font-medium text-ink" /> at{' '}
			<Link to="/console/settings/currencies" className="rounded-sm text-accent underline underline-offset-2">
				rates of {dayWords(asOf)}
			</Link>
			{isStale && ', which are out of date'}
			{leftOut.length > 0 && `, without ${leftOut.map((code) => code.toUpperCase()).join(', ')}: no rate`}.
		</p>
	)
}
