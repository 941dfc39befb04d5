import { useState } from 'react'
import { useCommand } from '../console/use-command.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Textarea } from '../kit/textarea.tsx'
import type { QueueRefusal } from './queue-command.ts'

type ReasonDialogProps = {
	open: boolean
	onOpenChange: (open: boolean) => void
	title: string
	description: string
	/** What the form says besides the reason. */
	fields: Readonly<Record<string, string>>
	button: string
	back: string
	placeholder: string
}

/** Asks why, and does it: for what others will wonder about later. */
export function ReasonDialog({
	open,
	onOpenChange,
	title,
	description,
	fields,
	button,
	back,
	placeholder,
}: ReasonDialogProps) {
	const [reason, setReason] = useState('')
	const [tried, setTried] = useState(false)
	const { Form, pending, refusal } = useCommand<QueueRefusal>(() => onOpenChange(false))
	const isShort = reason.trim().length < 3
	const wrong = tried && isShort ? 'Say why; whoever reads the audit record will want to know.' : null
	return (
		<Dialog open={open} onOpenChange={onOpenChange} locked={pending} title={title} description={description}>
			<Form
				method="post"
				noValidate
				className="grid gap-4"
				onSubmit={(event) => {
					setTried(true)
					if (isShort) event.preventDefault()
				}}
			>
				{Object.entries(fields).map(([name, value]) => (
					<input key={name} type="hidden" name={name} value={value} />
				))}
				<Field
					label="Why"
					hint="Kept in the audit record with your name."
					error={wrong ?? (refusal?.field === 'reason' ? refusal.message : null)}
				>
					{(control) => (
						<Textarea
							{...control}
							name="reason"
							rows={2}
							maxLength={500}
							value={reason}
							onChange={(event) => setReason(event.target.value)}
							placeholder={placeholder}
						/>
					)}
				</Field>
				{refusal && refusal.field !== 'reason' && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						{back}
					</Button>
					<Button type="submit" tone="danger" pending={pending}>
						{button}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
