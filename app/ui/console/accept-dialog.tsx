import type { Dispute } from '#app/contracts/disputes.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { FieldError } from '../kit/field.tsx'
import { formatMoney } from '../kit/money.tsx'
import { useCommand } from './use-command.ts'

type AcceptDialogProps = { dispute: Dispute; open: boolean; onOpenChange: (open: boolean) => void }

/** Giving a case up, with what it costs. */
export function AcceptDialog({ dispute, open, onOpenChange }: AcceptDialogProps) {
	const { Form, pending, refusal } = useCommand(() => onOpenChange(false))
	const { amount, fee, currency } = dispute
	const money = (minor: number) => formatMoney(minor, currency)
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title="Give up this dispute?"
			description={`The customer keeps ${money(amount)}, and the case ends as lost. This cannot be taken back.`}
		>
			<dl className="grid gap-1.5 rounded-md bg-sunken px-3 py-2.5 text-sm tabular-nums">
				<Line name="Disputed amount">{money(amount)}</Line>
				<Line name="Fee of the gateway">{money(fee)}</Line>
				<div className="flex justify-between gap-4 border-t border-line pt-1.5 font-medium text-ink">
					<dt>You lose</dt>
					<dd>{money(amount + fee)}</dd>
				</div>
			</dl>
			<Form method="post">
				<input type="hidden" name="intent" value="accept" />
				{refusal && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Keep the case open
					</Button>
					<Button type="submit" tone="danger" pending={pending}>
						Give up {money(amount)}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}

function Line({ name, children }: { name: string; children: string }) {
	return (
		<div className="flex justify-between gap-4 text-muted">
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	)
}
