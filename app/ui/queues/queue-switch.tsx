import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import type { QueueFigures } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { useMay } from '../console/permissions.tsx'
import { useCommand } from '../console/use-command.ts'
import { Button } from '../kit/button.tsx'
import { FieldError } from '../kit/field.tsx'
import type { QueueRefusal } from './queue-command.ts'
import { ReasonDialog } from './reason-dialog.tsx'

const ACT = CONSOLE_PAGES['/console/queues'].act

/** Stops one queue, or lets it go on. `asIcon`: for lines of a table. */
export function QueueSwitch({ queue, asIcon = false }: { queue: QueueFigures; asIcon?: boolean }) {
	const [asking, setAsking] = useState(false)
	const { Form, pending, refusal } = useCommand<QueueRefusal>()
	const may = useMay()
	if (!may(ACT.pause)) return null
	const size = asIcon ? 'icon' : 'md'
	const label = (verb: string) => (
		<span className={asIcon ? 'sr-only' : ''}>
			{verb}
			<span className="sr-only"> {queue.name}</span>
		</span>
	)
	if (queue.paused) {
		return (
			<Form method="post" className="inline-flex items-center gap-2">
				<input type="hidden" name="queue" value={queue.name} />
				<Button type="submit" name="intent" value="resume" size={size} pending={pending} title="Resume">
					<Play aria-hidden="true" />
					{label('Resume')}
				</Button>
				{refusal && <FieldError>{refusal.message}</FieldError>}
			</Form>
		)
	}
	return (
		<>
			<Button size={size} tone={asIcon ? 'quiet' : 'secondary'} title="Pause" onClick={() => setAsking(true)}>
				<Pause aria-hidden="true" />
				{label('Pause')}
			</Button>
			<ReasonDialog
				open={asking}
				onOpenChange={setAsking}
				title={`Pause ${queue.name}?`}
				description={`${queue.words}: within a second no worker takes a new job of this queue. What is running is carried through, and new jobs wait until you resume it.`}
				fields={{ intent: 'pause', queue: queue.name }}
				button="Pause the queue"
				back="Keep it running"
				placeholder="The mail server is being moved until noon."
			/>
		</>
	)
}
