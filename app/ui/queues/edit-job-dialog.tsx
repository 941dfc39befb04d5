import { useState } from 'react'
import type { JobView } from '#app/contracts/queues.ts'
import { useCommand } from '../console/use-command.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Textarea } from '../kit/textarea.tsx'
import type { QueueRefusal } from './queue-command.ts'

type Props = { job: JobView; onOpenChange: (open: boolean) => void }

/** Another payload for a job that waits, failed or was canceled. The server checks it against what the queue takes. */
export function EditJobDialog({ job, onOpenChange }: Props) {
	const [payload, setPayload] = useState(job.payload)
	const { Form, pending, refusal } = useCommand<QueueRefusal>(() => onOpenChange(false))
	const isAgain = job.can.includes('retry')
	return (
		<Dialog
			open
			onOpenChange={onOpenChange}
			locked={pending}
			title={isAgain ? 'Edit and try again' : 'Edit this job'}
			description={`${job.words}. Before and after are kept in the audit record.`}
		>
			<Form method="post" noValidate className="grid gap-4">
				<input type="hidden" name="intent" value="edit" />
				<Field label="What it is given" error={refusal?.field === 'payload' ? refusal.message : null}>
					{(control) => (
						<Textarea
							{...control}
							name="payload"
							rows={6}
							maxLength={10_000}
							spellCheck={false}
							className="font-mono text-sm"
							value={payload}
							onChange={(event) => setPayload(event.target.value)}
						/>
					)}
				</Field>
				{refusal && refusal.field !== 'payload' && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Leave it as it is
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						{isAgain ? 'Try again with this' : 'Save'}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
