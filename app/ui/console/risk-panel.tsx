import type { Risk } from '#app/contracts/payments.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Panel } from '../kit/card.tsx'
import { RiskScore, riskWord } from '../kit/risk-score.tsx'

const DECISIONS: Record<Risk['decision'], { label: string; tone: Tone }> = {
	allow: { label: 'Allowed', tone: 'good' },
	review: { label: 'Sent to review', tone: 'warn' },
	block: { label: 'Blocked', tone: 'bad' },
}

export function RiskPanel({ risk }: { risk: Risk | null }) {
	if (!risk) {
		return (
			<Panel title="Risk">
				<p className="text-muted">Not screened yet. Screening starts when a card is sent.</p>
			</Panel>
		)
	}
	const decision = DECISIONS[risk.decision]
	return (
		<Panel title="Risk" action={<Badge tone={decision.tone}>{decision.label}</Badge>}>
			<div className="flex items-center gap-3">
				<RiskScore risk={risk} />
				<span className="text-sm text-muted">of 99, {riskWord(risk.level).toLowerCase()} risk</span>
			</div>
			{risk.reasons.length > 0 ? (
				<ul className="mt-3 grid gap-2">
					{risk.reasons.map(({ code, message, points }) => (
						<li key={code} className="flex justify-between gap-4 text-sm">
							<span className="text-ink">{message}</span>
							<span className="font-medium text-muted tabular-nums">
								{points > 0 ? `+${points}` : points}
							</span>
						</li>
					))}
				</ul>
			) : (
				<p className="mt-3 text-sm text-muted">No rule found anything unusual.</p>
			)}
		</Panel>
	)
}
