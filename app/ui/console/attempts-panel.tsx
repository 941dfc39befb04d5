import { PlugZap } from 'lucide-react'
import type { GatewayAttempt } from '#app/contracts/console.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Panel } from '../kit/card.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Time } from '../kit/time.tsx'
import { formatDuration } from './format-measure.ts'

const WORDS: Record<GatewayAttempt['status'], { label: string; tone: Tone }> = {
	sent: { label: 'Waiting for an answer', tone: 'wait' },
	unknown: { label: 'No answer yet', tone: 'warn' },
	requires_action: { label: 'Customer must confirm', tone: 'warn' },
	approved: { label: 'Customer approved', tone: 'warn' },
	authorized: { label: 'Authorized', tone: 'wait' },
	succeeded: { label: 'Succeeded', tone: 'good' },
	declined: { label: 'Declined', tone: 'bad' },
	canceled: { label: 'Canceled', tone: 'neutral' },
}

export function AttemptsPanel({ attempts }: { attempts: GatewayAttempt[] }) {
	return (
		<Panel flush title="Gateway attempts">
			{attempts.length === 0 && (
				<EmptyState icon={PlugZap} title="The gateway was not asked yet" className="py-8" />
			)}
			<ul>
				{attempts.map((attempt) => (
					<li key={attempt.id} className="grid gap-1 border-b border-line px-4 py-3 last:border-b-0">
						<div className="flex flex-wrap items-center justify-between gap-2">
							<span className="flex items-center gap-2">
								<span className="font-medium text-ink">{attempt.gateway}</span>
								<Badge tone={WORDS[attempt.status].tone}>{WORDS[attempt.status].label}</Badge>
							</span>
							<Time at={attempt.startedAt} mode="absolute" className="text-sm text-muted" />
						</div>
						{attempt.message && <p className="text-muted">{attempt.message}</p>}
						{attempt.route && <p className="text-sm text-muted">{attempt.route}</p>}
						<div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-faint">
							{attempt.answeredAt !== null && (
								<span>Answered after {formatDuration(attempt.answeredAt - attempt.startedAt)}</span>
							)}
							{attempt.answeredAt === null && attempt.nextCheckAt !== null && (
								<span>
									Asks again at <Time at={attempt.nextCheckAt} mode="absolute" />
								</span>
							)}
							{attempt.code && <span className="font-mono text-xs">{attempt.code}</span>}
							{attempt.standardCode && attempt.standardCode !== attempt.code && (
								<span className="text-xs">
									means <span className="font-mono">{attempt.standardCode}</span>
								</span>
							)}
							{attempt.gatewayRef && <CopyId value={attempt.gatewayRef} what="gateway reference" short />}
						</div>
					</li>
				))}
			</ul>
		</Panel>
	)
}
