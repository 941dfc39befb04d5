import { Plus, Route } from 'lucide-react'
import { useState } from 'react'
import type { RoutingView, RuleSetView } from '#app/contracts/routing.ts'
import { Banner } from '../kit/banner.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Time } from '../kit/time.tsx'
import { areIssues, type RoutingRefusal, type RuleIssue } from './routing-command.ts'
import { RuleCard } from './rule-card.tsx'
import { rulesFrom } from './rule-form.ts'
import { SimulationPanel } from './simulation-panel.tsx'
import { useCommand } from './use-command.ts'
import { useRuleList } from './use-rule-list.ts'

function LiveLine({ live }: { live: RuleSetView | null }) {
	if (!live?.live) return <>Nothing is switched on: the usual order of gateways holds</>
	return (
		<>
			Version {live.version} is on, switched on by {live.live_by}, <Time at={live.live * 1000} />
		</>
	)
}

function DraftActions({ draft, isDirty }: { draft: RuleSetView; isDirty: boolean }) {
	const on = useCommand<RoutingRefusal>()
	const off = useCommand<RoutingRefusal>()
	const refusal = on.refusal ?? off.refusal
	return (
		<>
			<off.Form method="post">
				<input type="hidden" name="intent" value="discard" />
				<Button type="submit" tone="quiet" pending={off.pending}>
					Discard the draft
				</Button>
			</off.Form>
			<on.Form method="post" className="flex flex-wrap items-center gap-2">
				<input type="hidden" name="intent" value="switch_on" />
				<input type="hidden" name="revision" value={draft.revision} />
				<Input
					name="reason"
					required
					maxLength={500}
					aria-label="Why"
					placeholder="Why? Kept in the audit record"
					className="sm:w-64"
				/>
				<Button type="submit" tone="primary" pending={on.pending} disabled={isDirty}>
					Switch on version {draft.version}
				</Button>
			</on.Form>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</>
	)
}

/** Mounted anew for every saved revision, so that what is typed is never mixed with what somebody else saved. */
export function RulesEditor({ view }: { view: RoutingView }) {
	const { rules, gateways, mayEdit } = view
	const { live, draft } = rules
	const saved = draft?.rules ?? live?.rules ?? []
	const list = useRuleList(
		saved,
		gateways.map(({ name }) => name),
	)
	const [isTried, setTried] = useState(false)
	const save = useCommand<RoutingRefusal>(() => setTried(false))
	const checked = rulesFrom(list.forms)
	const issues: RuleIssue[] = areIssues(checked) ? checked : []
	const shown = isTried ? issues : []
	const isDirty = areIssues(checked) || JSON.stringify(checked) !== JSON.stringify(saved)
	return (
		<>
			<Panel
				flush
				title="Rules"
				note={<LiveLine live={live} />}
				action={
					mayEdit && (
						<Button size="sm" onClick={list.add}>
							<Plus aria-hidden="true" />
							Add rule
						</Button>
					)
				}
			>
				{draft && (
					<Banner tone="warn" className="m-4">
						This is the draft of version {draft.version}, saved by {draft.edited_by}. Payments do not follow
						it before it is switched on.
					</Banner>
				)}
				{list.forms.length === 0 ? (
					<EmptyState icon={Route} title="No rules" className="py-8">
						Each payment goes to the gateway its method belongs to, and after a decline that allows it to the
						next one that knows the card.
					</EmptyState>
				) : (
					<ol>
						{list.forms.map((form, index) => (
							<RuleCard
								key={form.id}
								form={form}
								position={index}
								count={list.forms.length}
								gateways={gateways}
								issues={shown.filter(({ rule }) => rule === index)}
								mayEdit={mayEdit}
								moved={list.moved?.id === form.id ? list.moved.way : null}
								onChange={(change) => list.change(form.id, change)}
								onMove={(by) => list.move(form.id, by)}
								onRemove={() => list.remove(form.id)}
							/>
						))}
					</ol>
				)}
				<p role="status" className="sr-only">
					{list.moved?.words}
				</p>
				{mayEdit && (
					<div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
						{save.refusal && <FieldError>{save.refusal.message}</FieldError>}
						{shown.some(({ rule }) => rule === null) && <FieldError>{shown[0]?.message}</FieldError>}
						<save.Form
							method="post"
							onSubmit={(event) => {
								setTried(true)
								if (issues.length > 0) event.preventDefault()
							}}
						>
							<input type="hidden" name="intent" value="save" />
							<input type="hidden" name="rules" value={JSON.stringify(checked)} />
							<Button type="submit" pending={save.pending} disabled={!isDirty}>
								Save as draft
							</Button>
						</save.Form>
						{draft && <DraftActions draft={draft} isDirty={isDirty} />}
					</div>
				)}
			</Panel>
			<SimulationPanel
				rules={areIssues(checked) ? null : checked}
				gateways={gateways}
				onIncomplete={() => setTried(true)}
			/>
		</>
	)
}
