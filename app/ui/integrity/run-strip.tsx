import type { IntegrityRunView } from '#app/contracts/integrity.ts'
import { cn } from '../kit/class-names.ts'
import { formatAbsolute } from '../kit/time.tsx'
import { RUN_WORDS } from './verdict-words.ts'

const SHOWN = 24

const LOOK: Record<IntegrityRunView['result'], string> = {
	holds: 'h-8 bg-good',
	broken: 'h-8 bg-bad',
	failed: 'h-5 bg-warn',
	running: 'h-5 animate-shimmer bg-line-strong',
}

/** The latest runs, oldest first; places that have not been filled yet stay empty. */
export function RunStrip({ runs }: { runs: IntegrityRunView[] }) {
	const empty = Math.max(0, SHOWN - runs.length)
	return (
		<div>
			<ol aria-label="The latest checks, oldest first" className="flex h-8 items-end gap-0.75 sm:gap-1">
				{Array.from({ length: empty }, (_, place) => (
					<li key={`empty-${place}`} aria-hidden="true" className="h-2 flex-1 rounded-xs bg-sunken" />
				))}
				{runs.map((run) => (
					<li
						key={run.started_ms}
						title={`${formatAbsolute(run.started_ms, 'UTC')}: ${RUN_WORDS[run.result]}`}
						className={cn('flex-1 rounded-xs', LOOK[run.result])}
					>
						<span className="sr-only">
							{formatAbsolute(run.started_ms, 'UTC')}: {RUN_WORDS[run.result]}
						</span>
					</li>
				))}
			</ol>
			<div aria-hidden="true" className="mt-1.5 flex justify-between text-xs text-muted">
				<span>earlier</span>
				<span>now</span>
			</div>
		</div>
	)
}
