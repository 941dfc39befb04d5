import type { CurrencySettingsView } from '#app/contracts/currency-settings.ts'
import { Banner } from '../kit/banner.tsx'
import { Panel } from '../kit/card.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { dayWords, SOURCE_WORDS } from '../kit/format-rate.ts'

function staleness({ rates }: CurrencySettingsView): string | null {
	if (!rates.is_stale) return null
	const age = `These rates are ${rates.age_days} days old.`
	if (!rates.is_quoted)
		return `${age} Shoppers can only pay in the order’s own currency until newer ones are read.`
	return rates.source === 'ecb_snapshot'
		? `${age} They came with this program and are used only because no real money moves.`
		: `${age} Shoppers are quoted by them until they are older than 10 days.`
}

export function RatesPanel({ settings }: { settings: CurrencySettingsView }) {
	const { rates, nextRefreshAt } = settings
	const warning = staleness(settings)
	return (
		<Panel flush title={`Rates of ${dayWords(rates.as_of)}`}>
			<div className="grid gap-3 border-b border-line px-4 py-3 text-sm text-muted">
				<p>
					{SOURCE_WORDS[rates.source]}, read <Time at={rates.fetched_at * 1000} mode="absolute" />.{' '}
					{nextRefreshAt === null ? (
						'They are never refreshed: no address is set for it.'
					) : (
						<>
							Next look <Time at={nextRefreshAt} mode="absolute" />.
						</>
					)}
				</p>
				{warning && <Banner tone={rates.is_quoted ? 'warn' : 'bad'}>{warning}</Banner>}
			</div>
			<Table aria-label="Exchange rates">
				<thead>
					<tr>
						<Th>Currency</Th>
						<Th className="text-right">For 1 EUR</Th>
					</tr>
				</thead>
				<tbody>
					{rates.rates.map(({ currency, rate }) => (
						<Tr key={currency}>
							<Td>{currency.toUpperCase()}</Td>
							<Td className="text-right tabular-nums">{rate}</Td>
						</Tr>
					))}
				</tbody>
			</Table>
		</Panel>
	)
}
