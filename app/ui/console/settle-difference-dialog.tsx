import { useState } from 'react'
import type { Difference } from '#app/contracts/reconciliation.ts'
import { Button } from '../kit/button.tsx'
import { cn } from '../kit/class-names.ts'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { CONTROL } from '../kit/input.tsx'
import { moneyText } from './difference-words.ts'
import type { ReconciliationRefusal } from './reconciliation-command.ts'
import { useCommand } from './use-command.ts'

type Props = { difference: Difference; open: boolean; onOpenChange: (open: boolean) => void }

/** A person's word that a difference is explained. The note is what an auditor will read. */
export function SettleDifferenceDialog({ difference, open, onOpenChange }: Props) {
	const [note, setNote] = useState('')
	const [tried, setTried] = useState(false)
	const { Form, pending, refusal } = useCommand<ReconciliationRefusal>(() => onOpenChange(false))
	const isShort = note.trim().length < 3
	const wrong =
		tried && isShort ? 'Write down why it is settled; whoever audits the books will read it.' : null
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title="Mark as settled"
			description={`${moneyText(difference.gap, difference.currency)} leaves the list with your note. No money moves, and neither book is changed.`}
		>
			<Form
				method="post"
				noValidate
				className="grid gap-4"
				onSubmit={(event) => {
					setTried(true)
					if (isShort) event.preventDefault()
				}}
			>
				<input type="hidden" name="intent" value="settle" />
				<input type="hidden" name="difference" value={difference.id} />
				<Field
					label="Why it is settled"
					hint="Kept in the audit log with your name."
					error={wrong ?? (refusal?.field === 'note' ? refusal.message : null)}
				>
					{(control) => (
						<textarea
							{...control}
							name="note"
							rows={3}
							maxLength={1_000}
							value={note}
							onChange={(event) => setNote(event.target.value)}
							placeholder="Refunded at the gateway on 21 November, see ticket 4711."
							className={cn(CONTROL, 'h-auto py-2 pointer-coarse:h-auto')}
						/>
					)}
				</Field>
				{refusal && refusal.field !== 'note' && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Keep it on the list
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						Mark as settled
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
