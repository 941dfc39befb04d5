import type { Risk } from '#app/contracts/payments.ts'
import { cn } from './class-names.ts'

const LEVELS = {
	normal: { word: 'Normal', bar: 'bg-good', text: 'text-good' },
	elevated: { word: 'Elevated', bar: 'bg-warn', text: 'text-warn' },
	highest: { word: 'Highest', bar: 'bg-bad', text: 'text-bad' },
} as const satisfies Record<Risk['level'], unknown>

export const riskWord = (level: Risk['level']): string => LEVELS[level].word

/** The score as a number and a short bar; colour repeats what the title says, it is never alone. */
export function RiskScore({ risk, className }: { risk: Risk | null; className?: string }) {
	if (!risk) {
		return (
			<span className={cn('text-sm text-faint', className)} title="Not screened yet">
				–<span className="sr-only">Not screened yet</span>
			</span>
		)
	}
	const level = LEVELS[risk.level]
	return (
		<span
			className={cn('inline-flex items-center gap-2 text-sm tabular-nums', className)}
			title={`${level.word} risk: ${risk.score} of 99`}
		>
			<span className={cn('w-5 text-right font-medium', level.text)}>{risk.score}</span>
			<span aria-hidden="true" className="h-1 w-10 overflow-hidden rounded-full bg-line">
				<span
					className={cn('block h-full rounded-full', level.bar)}
					style={{ width: `${Math.max(4, risk.score)}%` }}
				/>
			</span>
			<span className="sr-only">{level.word} risk</span>
		</span>
	)
}
