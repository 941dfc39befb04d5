import type { Dispute } from '#app/contracts/disputes.ts'
import { Badge } from '../kit/badge.tsx'
import { disputeWord } from './dispute-words.ts'

export function DisputeBadge({ dispute }: { dispute: Dispute }) {
	const { label, meaning, tone, icon: Icon } = disputeWord(dispute)
	return (
		<Badge tone={tone} title={meaning}>
			<Icon aria-hidden="true" strokeWidth={2.25} />
			{label}
		</Badge>
	)
}
