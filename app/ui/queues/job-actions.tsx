import { Pencil, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import type { JobView } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { useMay } from '../console/permissions.tsx'
import { useCommand } from '../console/use-command.ts'
import { Button } from '../kit/button.tsx'
import { FieldError } from '../kit/field.tsx'
import { EditJobDialog } from './edit-job-dialog.tsx'
import type { QueueRefusal } from './queue-command.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** What a person can do to the job as it stands. */
export function JobActions({ job }: { job: JobView }) {
	const [asking, setAsking] = useState<'edit' | 'cancel' | null>(null)
	const may = useMay()
	if (!may(CONSOLE_PAGES['/console/queues/:queue/jobs/:jobId'].act.retry)) return null
	const close = (open: boolean) => setAsking(open ? asking : null)
	return (
		<>
			{job.can.includes('retry') && <RetryButton />}
			{job.can.includes('edit') && (
				<Button onClick={() => setAsking('edit')}>
					<Pencil aria-hidden="true" />
					{job.can.includes('retry') ? 'Edit and try again' : 'Edit'}
				</Button>
			)}
			{job.can.includes('cancel') && (
				<Button onClick={() => setAsking('cancel')}>
					<X aria-hidden="true" />
					Cancel
				</Button>
			)}
			{/* Made anew for each opening: a dialog never shows what was typed for the state before. */}
			{asking === 'edit' && <EditJobDialog job={job} onOpenChange={close} />}
			<ReasonDialog
				key={`${job.state} ${asking}`}
				open={asking === 'cancel'}
				onOpenChange={close}
				title="Cancel this job?"
				description={`${job.words}: it will not run. It stays on record and can be tried again; what it is about stays as it is until then.`}
				fields={{ intent: 'cancel' }}
				button="Cancel the job"
				back="Keep it"
				placeholder="The customer paid by other means."
			/>
		</>
	)
}

function RetryButton() {
	const { Form, pending, refusal } = useCommand<QueueRefusal>()
	return (
		<Form method="post" className="grid gap-1">
			<Button type="submit" name="intent" value="retry" tone="primary" pending={pending}>
				<RotateCcw aria-hidden="true" />
				Try again
			</Button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}
