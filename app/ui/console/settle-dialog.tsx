import type { useFetcher } from '@remix-run/react'
import { useState } from 'react'
import type { AttentionItem } from '#app/contracts/attention.ts'
import { Button } from '../kit/button.tsx'
import { cn } from '../kit/class-names.ts'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { CONTROL } from '../kit/input.tsx'
import type { AttentionResult } from './attention-command.ts'

export type Settling = { item: AttentionItem; choice: AttentionItem['settle'][number] }

type Fetcher = ReturnType<typeof useFetcher<AttentionResult>>
type SettleDialogProps = { settling: Settling | null; onClose: () => void; fetcher: Fetcher }

const MOST_NOTE = 500

/** A person says how an item ended. The note stays in the audit record. */
export function SettleDialog({ settling, onClose, fetcher }: SettleDialogProps) {
	// What was shown last stays while the dialog closes, and when the item has left the list meanwhile.
	const [shown, setShown] = useState(settling)
	if (settling && settling !== shown) setShown(settling)
	if (!shown) return null
	return (
		<Dialog
			open={settling !== null}
			onOpenChange={(open) => !open && onClose()}
			locked={fetcher.state !== 'idle'}
			title={shown.choice.label}
			description={shown.choice.explains}
		>
			<SettleForm settling={shown} onClose={onClose} fetcher={fetcher} />
		</Dialog>
	)
}

function SettleForm({
	settling: { item, choice },
	onClose,
	fetcher,
}: SettleDialogProps & { settling: Settling }) {
	const pending = fetcher.state !== 'idle'
	// What was answered before this form was opened is no news in it.
	const [before] = useState(fetcher.data)
	const answer = pending || fetcher.data === before ? undefined : fetcher.data
	const refusal = answer?.ok === false ? answer : null
	return (
		<fetcher.Form method="post" action="/console/attention" className="grid gap-4">
			<input type="hidden" name="intent" value="settle" />
			<input type="hidden" name="id" value={item.id} />
			<input type="hidden" name="outcome" value={choice.outcome} />
			<Field
				label={choice.asks}
				hint="Kept in the audit record. No card numbers."
				error={refusal?.field === 'note' ? refusal.message : null}
			>
				{(control) => (
					<textarea
						{...control}
						name="note"
						required
						maxLength={MOST_NOTE}
						rows={3}
						className={cn(CONTROL, 'h-auto min-h-20 resize-y py-2')}
					/>
				)}
			</Field>
			{refusal && refusal.field === null && <FieldError>{refusal.message}</FieldError>}
			<DialogActions>
				<Button disabled={pending} onClick={onClose}>
					Leave it open
				</Button>
				<Button type="submit" tone="primary" pending={pending}>
					Close the item
				</Button>
			</DialogActions>
		</fetcher.Form>
	)
}
