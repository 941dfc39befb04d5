import type { RefundView } from '#app/contracts/console.ts'
import { pendingMessage } from '#app/domain/refunds/refund-reasons.ts'
import { Time } from '../kit/time.tsx'
import { exchangeBackWords } from './exchange-words.ts'

/** Who asked, who agreed, and what it waits for or why it did not happen. */
export function RefundStory({ refund }: { refund: RefundView }) {
	const { pending_reason: waits, failure_message: failed, requestedBy, decidedBy, approvalEndsAt } = refund
	const verb = refund.failure_reason === 'approval_rejected' ? 'rejected' : 'approved'
	return (
		<div className="grid gap-0.5 text-sm text-muted">
			{failed && <p className={refund.status === 'failed' ? 'text-bad' : undefined}>{failed}</p>}
			{waits && <p>{pendingMessage(waits)}</p>}
			{refund.exchange && <p>{exchangeBackWords(refund)}</p>}
			<p>
				{refund.made_at_gateway ? 'Made at the gateway’s own dashboard' : `Asked for by ${requestedBy}`}
				{decidedBy && `, ${verb} by ${decidedBy}`}
				{approvalEndsAt && (
					<>
						, ends without a decision <Time at={approvalEndsAt} mode="absolute" />
					</>
				)}
			</p>
		</div>
	)
}
