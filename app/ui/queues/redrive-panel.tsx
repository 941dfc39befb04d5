import { RotateCcw } from 'lucide-react'
import type { QueueView } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { plural } from '../console/format-measure.ts'
import { useMay } from '../console/permissions.tsx'
import { useCommand } from '../console/use-command.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { FieldError } from '../kit/field.tsx'
import { JobTable } from './job-table.tsx'
import type { QueueRefusal } from './queue-command.ts'

/** What putting the failed jobs back would run, before it is done. */
export function RedrivePanel({ view: { figures, failed } }: { view: QueueView }) {
	const { Form, pending, refusal } = useCommand<QueueRefusal>()
	const may = useMay()
	if (failed.count === 0) return null
	const hidden = failed.count - failed.oldest.length
	return (
		<Panel
			flush
			className="mb-4"
			title={`${plural(failed.count, 'job')} failed for good`}
			note="Every try failed. Tried again, each asks the gateway first what is known: nothing is charged twice."
			action={
				may(CONSOLE_PAGES['/console/queues/:queue'].act.redrive) && (
					<Form method="post">
						<input type="hidden" name="queue" value={figures.name} />
						<Button type="submit" name="intent" value="redrive" size="sm" pending={pending}>
							<RotateCcw aria-hidden="true" />
							Try all again
						</Button>
					</Form>
				)
			}
		>
			{refusal && (
				<div className="px-4 pt-3">
					<FieldError>{refusal.message}</FieldError>
				</div>
			)}
			<JobTable jobs={failed.oldest} />
			{hidden > 0 && <p className="px-4 py-2.5 text-sm text-muted">and {plural(hidden, 'newer one')}.</p>}
		</Panel>
	)
}
