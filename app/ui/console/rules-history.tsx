import { History } from 'lucide-react'
import type { GatewayView, RuleSetView } from '#app/contracts/routing.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FieldError } from '../kit/field.tsx'
import { Time } from '../kit/time.tsx'
import { plural } from './format-measure.ts'
import type { RoutingRefusal } from './routing-command.ts'
import { thenWords, titlesOf, whenWords } from './routing-words.ts'
import { useCommand } from './use-command.ts'

const STATUS: Record<RuleSetView['status'], { label: string; tone: Tone }> = {
	draft: { label: 'Draft', tone: 'warn' },
	live: { label: 'On', tone: 'good' },
	retired: { label: 'Was on', tone: 'neutral' },
}

function Restore({ version }: { version: number }) {
	const { Form, pending, refusal } = useCommand<RoutingRefusal>()
	return (
		<Form method="post" className="grid justify-items-end gap-1">
			<input type="hidden" name="intent" value="restore" />
			<input type="hidden" name="version" value={version} />
			<Button type="submit" size="sm" pending={pending} aria-label={`Restore version ${version} as a draft`}>
				Restore
			</Button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}

function Version({
	entry,
	gateways,
	mayEdit,
}: {
	entry: RuleSetView
	gateways: GatewayView[]
	mayEdit: boolean
}) {
	const { label, tone } = STATUS[entry.status]
	return (
		<li className="border-b border-line px-4 py-3 last:border-b-0">
			<div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
				<div className="min-w-0">
					<p className="flex items-center gap-2">
						<span className="font-medium text-ink">Version {entry.version}</span>
						<Badge tone={tone}>{label}</Badge>
					</p>
					<p className="text-sm text-muted">
						{plural(entry.rules.length, 'rule')}, by {entry.edited_by}, <Time at={entry.edited * 1000} />
						{entry.live !== null && (
							<>
								; switched on by {entry.live_by}, <Time at={entry.live * 1000} />
							</>
						)}
					</p>
				</div>
				{mayEdit && entry.status === 'retired' && <Restore version={entry.version} />}
			</div>
			{entry.rules.length > 0 && (
				<details className="mt-1">
					<summary className="w-fit rounded-sm text-sm text-muted hover:text-ink pointer-coarse:min-h-9">
						What it says
					</summary>
					<ol className="mt-1 grid gap-1 text-sm text-muted">
						{entry.rules.map((rule) => (
							<li key={rule.id}>
								<span className="font-medium text-ink">{rule.name}</span>: {whenWords(rule)} →{' '}
								{thenWords(rule, titlesOf(gateways))}
							</li>
						))}
					</ol>
				</details>
			)}
		</li>
	)
}

export function RulesHistory({
	history,
	gateways,
	mayEdit,
}: {
	history: RuleSetView[]
	gateways: GatewayView[]
	mayEdit: boolean
}) {
	return (
		<Panel flush title="Versions" note="Who changed what, and when it was switched on">
			{history.length === 0 ? (
				<EmptyState icon={History} title="No version yet" className="py-8" />
			) : (
				<ol>
					{history.map((entry) => (
						<Version key={entry.version} entry={entry} gateways={gateways} mayEdit={mayEdit} />
					))}
				</ol>
			)}
		</Panel>
	)
}
