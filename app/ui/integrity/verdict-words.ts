import { CircleCheck, Clock, Hourglass, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { IntegrityReport, IntegrityRunView } from '#app/contracts/integrity.ts'

type Words = { title: string; text: string; look: string; icon: LucideIcon }

/** What the page says first. A result that is old or missing is never called good. */
export function verdictWords({
	status,
	promises,
	rows_checked: rows,
}: Pick<IntegrityReport, 'status' | 'promises' | 'rows_checked'>): Words {
	const broken = promises.filter(({ violations }) => (violations ?? 0) > 0).length
	switch (status) {
		case 'holds':
			return {
				title: 'The books hold.',
				text:
					rows === 0
						? `All ${promises.length} promises were checked. The books are still empty, so there was nothing to break.`
						: `All ${promises.length} promises were checked against every row, and none is broken.`,
				look: 'bg-good-soft text-good',
				icon: CircleCheck,
			}
		case 'broken':
			return {
				title: broken === 1 ? 'One promise is broken.' : `${broken} promises are broken.`,
				text: 'People have been told and are looking. What is broken is marked below.',
				look: 'bg-bad-soft text-bad',
				icon: TriangleAlert,
			}
		case 'failed':
			return {
				title: 'The last check could not be made.',
				text: 'So nothing can be said about now. Below is what the last check that came to a result found.',
				look: 'bg-warn-soft text-warn',
				icon: TriangleAlert,
			}
		case 'stale':
			return {
				title: 'The last check is too old.',
				text: 'Checks are made every hour, and none has ended for more than two. What is below was true then.',
				look: 'bg-warn-soft text-warn',
				icon: Clock,
			}
		case 'never':
			return {
				title: 'Nothing has been checked yet.',
				text: 'The first check starts soon after the house opens. This page shows its result by itself.',
				look: 'bg-sunken text-muted',
				icon: Hourglass,
			}
	}
}

export const RUN_WORDS: Record<IntegrityRunView['result'], string> = {
	holds: 'all held',
	broken: 'something was broken',
	failed: 'could not be made',
	running: 'under way',
}
