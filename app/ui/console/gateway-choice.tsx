import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { GatewayView } from '#app/contracts/routing.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import { sumOfShares, type RuleForm } from './rule-form.ts'
import { titlesOf } from './routing-words.ts'

type Props = {
	form: RuleForm
	gateways: GatewayView[]
	onChange: (change: Partial<RuleForm>) => void
}

const swapped = <Value,>(values: readonly Value[], from: number, to: number): Value[] => {
	const next = [...values]
	const [moved] = next.splice(from, 1)
	if (moved !== undefined) next.splice(to, 0, moved)
	return next
}

function Chosen({ form, gateways, onChange }: Props) {
	const titleOf = titlesOf(gateways)
	const { chosen, kind } = form
	return (
		<ol className="grid gap-2">
			{chosen.map(({ gateway, percent }, index) => (
				<li key={gateway} className="flex flex-wrap items-center gap-2">
					<span className="min-w-24 flex-1 text-ink">
						{kind === 'order' && <span className="mr-1.5 text-muted tabular-nums">{index + 1}.</span>}
						{titleOf(gateway)}
					</span>
					{kind === 'split' && (
						<span className="w-24">
							<Input
								inputMode="numeric"
								aria-label={`Share of ${titleOf(gateway)} in percent`}
								value={percent}
								after="%"
								onChange={(event) =>
									onChange({
										chosen: chosen.map((entry) =>
											entry.gateway === gateway ? { gateway, percent: event.target.value } : entry,
										),
									})
								}
							/>
						</span>
					)}
					{kind === 'order' && (
						<>
							<Button
								size="icon"
								tone="quiet"
								aria-label={`Ask ${titleOf(gateway)} earlier`}
								disabled={index === 0}
								onClick={() => onChange({ chosen: swapped(chosen, index, index - 1) })}
							>
								<ArrowUp aria-hidden="true" />
							</Button>
							<Button
								size="icon"
								tone="quiet"
								aria-label={`Ask ${titleOf(gateway)} later`}
								disabled={index === chosen.length - 1}
								onClick={() => onChange({ chosen: swapped(chosen, index, index + 1) })}
							>
								<ArrowDown aria-hidden="true" />
							</Button>
						</>
					)}
					<Button
						size="icon"
						tone="quiet"
						aria-label={`Leave ${titleOf(gateway)} out`}
						onClick={() => onChange({ chosen: chosen.filter((entry) => entry.gateway !== gateway) })}
					>
						<X aria-hidden="true" />
					</Button>
				</li>
			))}
		</ol>
	)
}

/** Where a rule sends: gateways in order, or shares of the payments. */
export function GatewayChoice({ form, gateways, onChange }: Props) {
	const left = gateways.filter(({ name }) => !form.chosen.some(({ gateway }) => gateway === name))
	const sum = sumOfShares(form)
	return (
		<div className="grid gap-3">
			<Field label="Then">
				{(control) => (
					<Select
						{...control}
						value={form.kind}
						onChange={(event) => onChange({ kind: event.target.value === 'split' ? 'split' : 'order' })}
					>
						<option value="order">ask these gateways, in this order</option>
						<option value="split">share the payments between these gateways</option>
					</Select>
				)}
			</Field>
			<Chosen form={form} gateways={gateways} onChange={onChange} />
			{form.kind === 'split' && (
				<p aria-live="polite" className={sum === 100 ? 'text-sm text-muted' : 'text-sm text-bad'}>
					{sum === 100 ? 'The shares add up to 100 %.' : `The shares add up to ${sum} %, not 100 %.`}
				</p>
			)}
			{left.length > 0 && (
				<div className="flex flex-wrap gap-2">
					{left.map(({ name, title }) => (
						<Button
							key={name}
							size="sm"
							onClick={() => onChange({ chosen: [...form.chosen, { gateway: name, percent: '' }] })}
						>
							Add {title}
						</Button>
					))}
				</div>
			)}
		</div>
	)
}
