import { Check, CircleDashed, X } from 'lucide-react'
import type { IntegrityReport } from '#app/contracts/integrity.ts'
import { INVARIANT_GROUPS } from '#app/domain/integrity/invariant-words.ts'
import { cn } from '../kit/class-names.ts'

type PromiseView = IntegrityReport['promises'][number]

export function PromiseList({ promises }: { promises: PromiseView[] }) {
	return (
		<div className="gap-x-10 md:columns-2">
			{INVARIANT_GROUPS.map((group) => (
				<section key={group} aria-label={group} className="mb-8 break-inside-avoid">
					<h2 className="border-b border-line pb-2 text-base font-semibold text-ink">{group}</h2>
					<ul>
						{promises
							.filter((promise) => promise.group === group)
							.map((promise) => (
								<PromiseRow key={promise.id} promise={promise} />
							))}
					</ul>
				</section>
			))}
		</div>
	)
}

function PromiseRow({ promise: { id, says, violations } }: { promise: PromiseView }) {
	const [Icon, look, words] =
		violations === null
			? ([CircleDashed, 'text-faint', 'not checked yet'] as const)
			: violations === 0
				? ([Check, 'text-good', 'holds'] as const)
				: ([X, 'text-bad', `${violations} ${violations === 1 ? 'row breaks' : 'rows break'} it`] as const)
	const isBroken = violations !== null && violations > 0
	return (
		<li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line py-2.5 last:border-b-0">
			<Icon aria-hidden="true" strokeWidth={2.5} className={cn('mt-0.5 size-4', look)} />
			<div className="min-w-0">
				<p className={cn(isBroken ? 'font-medium text-bad' : 'text-ink')}>{says}</p>
				<p className={cn('text-sm', isBroken ? 'text-bad' : 'sr-only')}>{words}</p>
			</div>
			<span className="font-mono text-xs leading-5.5 text-faint">{id}</span>
		</li>
	)
}
