import type { Dispute } from '#app/contracts/disputes.ts'
import { cn } from '../kit/class-names.ts'
import { formatAbsolute, useNow } from '../kit/time.tsx'
import { dueIn } from './due-in.ts'

/** Whether the bank still waits for an answer by a date. */
export const isCounting = (dispute: Dispute): boolean =>
	dispute.status === 'needs_response' &&
	dispute.pending_operation === null &&
	dispute.evidence_details.submitted_at === null &&
	dispute.evidence_details.due_by !== null

type DueCountdownProps = { dispute: Dispute; readAt: number; className?: string }

/** How long is left, with the moment itself in the title. */
export function DueCountdown({ dispute, readAt, className }: DueCountdownProps) {
	const now = Math.max(useNow(), readAt)
	const due = dispute.evidence_details.due_by
	if (due === null || !isCounting(dispute)) return <span className="text-faint">–</span>
	const { text, isUrgent } = dueIn(due * 1000, now)
	return (
		<time
			dateTime={new Date(due * 1000).toISOString()}
			title={`Due ${formatAbsolute(due * 1000, 'UTC')}`}
			suppressHydrationWarning
			className={cn(
				'whitespace-nowrap tabular-nums',
				isUrgent ? 'font-medium text-bad' : 'text-muted',
				className,
			)}
		>
			{text}
		</time>
	)
}
