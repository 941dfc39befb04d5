import type { ReasonRecord } from '#app/contracts/dispute-views.ts'
import { Panel } from '../kit/card.tsx'
import { reasonWords } from './dispute-words.ts'

const percent = (won: number, decided: number): string => `${Math.round((won / decided) * 100)} %`

/** How often the bank decided for the merchant, by its reason; undecided cases are not in the rate. */
export function WinRates({ records }: { records: ReasonRecord[] }) {
	if (records.length === 0) return null
	return (
		<Panel flush title="Won by reason" note="Of the cases that were decided">
			<ul>
				{records.map(({ reason, won, lost, open }) => {
					const decided = won + lost
					return (
						<li
							key={reason}
							className="flex items-baseline justify-between gap-4 border-b border-line px-4 py-2.5 last:border-b-0"
						>
							<span className="min-w-0 text-ink">{reasonWords(reason)}</span>
							<span className="text-right text-sm whitespace-nowrap text-muted tabular-nums">
								{decided > 0 && (
									<>
										<strong className="text-base font-medium text-ink">{percent(won, decided)}</strong> ({won}{' '}
										of {decided})
									</>
								)}
								{decided === 0 && 'None decided yet'}
								{open > 0 && `, ${open} open`}
							</span>
						</li>
					)
				})}
			</ul>
		</Panel>
	)
}
