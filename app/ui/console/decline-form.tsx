import type { DeclineRow } from '#app/contracts/routing.ts'
import { ADVICE } from '#app/domain/declines/standard-declines.ts'
import { Button } from '../kit/button.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Select } from '../kit/select.tsx'
import { Textarea } from '../kit/textarea.tsx'
import type { RoutingRefusal } from './routing-command.ts'
import { ADVICE_WORDS } from './routing-words.ts'
import { useCommand } from './use-command.ts'

function Reset({ row, onDone }: { row: DeclineRow; onDone: () => void }) {
	const { Form, pending, refusal } = useCommand<RoutingRefusal>(onDone)
	return (
		<Form method="post">
			<input type="hidden" name="intent" value="decline_reset" />
			<input type="hidden" name="gateway" value={row.gateway} />
			<input type="hidden" name="code" value={row.code} />
			<Button type="submit" tone="quiet" size="sm" pending={pending}>
				Back to the default
			</Button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}

/** What one code of a gateway means for this merchant's shoppers. */
export function DeclineForm({ row, onDone }: { row: DeclineRow; onDone: () => void }) {
	const { Form, pending, refusal } = useCommand<RoutingRefusal>(onDone)
	const offered = row.isLocked ? ADVICE.filter((advice) => advice !== 'retry_same') : ADVICE
	return (
		<div className="grid max-w-2xl gap-3 py-2">
			<Form method="post" className="grid gap-3">
				<input type="hidden" name="intent" value="decline" />
				<input type="hidden" name="gateway" value={row.gateway} />
				<input type="hidden" name="code" value={row.code} />
				<Field label="What the shopper reads" hint="Say what happened to the money, and what they can do.">
					{(control) => (
						<Textarea {...control} name="words" rows={2} required maxLength={300} defaultValue={row.words} />
					)}
				</Field>
				<Field label="What they can do next">
					{(control) => (
						<Select {...control} name="advice" defaultValue={row.advice} className="sm:w-60">
							{offered.map((advice) => (
								<option key={advice} value={advice}>
									{ADVICE_WORDS[advice]}
								</option>
							))}
						</Select>
					)}
				</Field>
				{row.isLocked ? (
					<p className="text-sm text-muted">
						Such a card is never tried again, neither here nor at another gateway.
					</p>
				) : (
					<label className="flex items-center gap-2 pointer-coarse:min-h-9">
						<input
							type="checkbox"
							name="may_fall_back"
							defaultChecked={row.mayFallBack}
							className="size-4 accent-accent"
						/>
						Ask the next gateway at once, without the shopper
					</label>
				)}
				{refusal && <FieldError>{refusal.message}</FieldError>}
				<div className="flex flex-wrap gap-2">
					<Button type="submit" tone="primary" size="sm" pending={pending}>
						Save
					</Button>
					<Button size="sm" onClick={onDone}>
						Cancel
					</Button>
				</div>
			</Form>
			{row.changed && <Reset row={row} onDone={onDone} />}
		</div>
	)
}
