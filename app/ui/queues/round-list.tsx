import { Play } from 'lucide-react'
import type { QueueRound } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { useMay } from '../console/permissions.tsx'
import { useCommand } from '../console/use-command.ts'
import { Button } from '../kit/button.tsx'
import { FieldError } from '../kit/field.tsx'
import { Time } from '../kit/time.tsx'
import type { QueueRefusal } from './queue-command.ts'

/** What runs by the clock, soonest first. */
export function RoundList({ rounds }: { rounds: readonly QueueRound[] }) {
	const soonest = [...rounds].sort((a, b) => (a.next[0] ?? Infinity) - (b.next[0] ?? Infinity))
	return (
		<ul aria-label="What runs by the clock">
			{soonest.map((round) => (
				<li
					key={round.queue}
					className="flex items-center justify-between gap-4 border-b border-line px-4 py-2.5 last:border-b-0"
				>
					<div className="min-w-0">
						<p className="font-mono text-sm text-ink">{round.queue}</p>
						<p className="text-sm text-muted">{round.words}</p>
						{round.next[0] !== undefined && (
							<p className="text-sm text-muted">
								Next: <Time at={round.next[0]} mode="absolute" />
							</p>
						)}
					</div>
					<RunNow queue={round.queue} />
				</li>
			))}
		</ul>
	)
}

function RunNow({ queue }: { queue: string }) {
	const { Form, pending, refusal } = useCommand<QueueRefusal>()
	const may = useMay()
	if (!may(CONSOLE_PAGES['/console/queues'].act.run)) return null
	return (
		<Form method="post" className="shrink-0">
			<input type="hidden" name="queue" value={queue} />
			<Button type="submit" name="intent" value="run" size="sm" pending={pending}>
				<Play aria-hidden="true" />
				Run now<span className="sr-only">: {queue}</span>
			</Button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}
