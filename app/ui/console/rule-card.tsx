import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { GatewayView } from '#app/contracts/routing.ts'
import { Button } from '../kit/button.tsx'
import { FieldError } from '../kit/field.tsx'
import type { RuleForm } from './rule-form.ts'
import { rulesFrom } from './rule-form.ts'
import { areIssues, type RuleIssue } from './routing-command.ts'
import { RuleFields } from './rule-fields.tsx'
import { thenWords, titlesOf, whenWords } from './routing-words.ts'

type Props = {
	form: RuleForm
	position: number
	count: number
	gateways: GatewayView[]
	issues: RuleIssue[]
	mayEdit: boolean
	/** The way it was just moved: the button that did it keeps the focus. */
	moved: 'up' | 'down' | null
	onChange: (change: Partial<RuleForm>) => void
	onMove: (by: -1 | 1) => void
	onRemove: () => void
}

function summaryOf(form: RuleForm, gateways: GatewayView[]): string {
	const checked = rulesFrom([{ ...form, name: form.name || 'unnamed' }])
	const [rule] = areIssues(checked) ? [] : checked
	return rule ? `${whenWords(rule)} → ${thenWords(rule, titlesOf(gateways))}` : 'Not complete yet'
}

export function RuleCard({ form, position, count, gateways, issues, mayEdit, moved, ...on }: Props) {
	const [isOpen, setOpen] = useState(form.name === '')
	const up = useRef<HTMLButtonElement>(null)
	const down = useRef<HTMLButtonElement>(null)
	useEffect(() => {
		if (moved === null) return
		const [pressed, other] = moved === 'up' ? [up.current, down.current] : [down.current, up.current]
		// At the end of the list the pressed button is off, and cannot hold the focus.
		;(pressed?.disabled ? other : pressed)?.focus()
	}, [moved, position])
	const name = form.name || 'New rule'
	const move = (event: KeyboardEvent) => {
		if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
		event.preventDefault()
		on.onMove(event.key === 'ArrowUp' ? -1 : 1)
	}
	return (
		<li className="border-b border-line last:border-b-0" data-rule={form.id}>
			<div
				className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3"
				onKeyDown={mayEdit ? move : undefined}
			>
				<span className="w-6 text-muted tabular-nums">{position + 1}.</span>
				<div className="min-w-48 flex-1">
					<p className="font-medium text-ink">{name}</p>
					<p className="text-sm break-words text-muted">{summaryOf(form, gateways)}</p>
				</div>
				{mayEdit && (
					<div className="flex gap-1">
						<Button
							ref={up}
							size="icon"
							tone="quiet"
							aria-label={`Move ${name} up`}
							disabled={position === 0}
							onClick={() => on.onMove(-1)}
						>
							<ArrowUp aria-hidden="true" />
						</Button>
						<Button
							ref={down}
							size="icon"
							tone="quiet"
							aria-label={`Move ${name} down`}
							disabled={position === count - 1}
							onClick={() => on.onMove(1)}
						>
							<ArrowDown aria-hidden="true" />
						</Button>
						<Button
							size="icon"
							tone="quiet"
							aria-label={`Edit ${name}`}
							aria-expanded={isOpen}
							onClick={() => setOpen((open) => !open)}
						>
							<Pencil aria-hidden="true" />
						</Button>
						<Button size="icon" tone="quiet" aria-label={`Remove ${name}`} onClick={on.onRemove}>
							<Trash2 aria-hidden="true" />
						</Button>
					</div>
				)}
			</div>
			{issues.length > 0 && (
				<div className="grid gap-1 px-4 pb-3">
					{[...new Set(issues.map(({ message }) => message))].map((message) => (
						<FieldError key={message}>{message}</FieldError>
					))}
				</div>
			)}
			{isOpen && mayEdit && <RuleFields form={form} gateways={gateways} onChange={on.onChange} />}
		</li>
	)
}
