import { Scale } from 'lucide-react'
import type { LedgerPosting } from '#app/contracts/console.ts'
import { Explain } from '../kit/explain.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Money } from '../kit/money.tsx'
import { Panel } from '../kit/card.tsx'
import { Time } from '../kit/time.tsx'

const plain = (name: string): string => {
	const words = name.replace(/^fx_/, 'exchange_').replaceAll(/[_.:]/g, ' ')
	return words.charAt(0).toUpperCase() + words.slice(1)
}

export function LedgerPanel({ postings }: { postings: LedgerPosting[] }) {
	return (
		<Panel
			flush
			title={
				<span className="inline-flex items-center gap-1">
					Ledger
					<Explain about="the ledger">
						Every movement of money is written on both sides. The debits and the credits of one posting are
						always equal. A credit of your balance is money that is owed to you.
					</Explain>
				</span>
			}
		>
			{postings.length === 0 && (
				<EmptyState icon={Scale} title="No money has moved" className="py-8">
					The first posting is written when money is held or collected.
				</EmptyState>
			)}
			{postings.map(({ id, kind, at, entries }) => (
				<div key={id} className="border-b border-line px-4 py-3 last:border-b-0">
					<div className="mb-1 flex flex-wrap justify-between gap-x-3">
						<span className="font-medium text-ink">{plain(kind)}</span>
						<Time at={at} mode="absolute" className="text-sm text-muted" />
					</div>
					<table className="w-full text-sm">
						<thead className="text-xs text-muted">
							<tr>
								<th scope="col" className="text-left font-normal">
									Account
								</th>
								<th scope="col" className="w-32 text-right font-normal">
									Debit
								</th>
								<th scope="col" className="w-32 text-right font-normal">
									Credit
								</th>
							</tr>
						</thead>
						<tbody>
							{entries.map(({ account, amount, currency }, index) => (
								<tr key={`${account} ${index}`}>
									<th scope="row" className="py-0.5 text-left font-normal text-muted">
										{plain(account)}
									</th>
									<td className="py-0.5 text-right">
										{amount > 0 && <Money amount={amount} currency={currency} />}
									</td>
									<td className="py-0.5 text-right">
										{amount < 0 && <Money amount={-amount} currency={currency} />}
									</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			))}
		</Panel>
	)
}
