import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { pauseQueue } from '#app/commands/queues/pause-queue.server.ts'
import { resumeQueue } from '#app/commands/queues/resume-queue.server.ts'
import { runRound } from '#app/commands/queues/run-round.server.ts'
import type { QueueBoard } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentQueueBoard } from '#app/presenters/queues.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { Panel } from '#app/ui/kit/card.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'
import { Time } from '#app/ui/kit/time.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useSteadyRevalidation } from '#app/ui/live/use-steady-revalidation.ts'
import { InstanceList } from '#app/ui/queues/instance-list.tsx'
import { readQueueCommand, refuseQueue, type QueueResult } from '#app/ui/queues/queue-command.ts'
import { QueueTable } from '#app/ui/queues/queue-table.tsx'
import { RoundList } from '#app/ui/queues/round-list.tsx'

export const meta: MetaFunction = () => [{ title: 'Queues · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/queues']
/** Half of what the counts themselves are old at most. */
const LOOK_MS = 5_000

export async function loader({ request, context }: LoaderFunctionArgs): Promise<QueueBoard> {
	const { services } = await requireMember(request, context, PAGE.read)
	return presentQueueBoard(services)
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const command = readQueueCommand(await request.formData())
	if ('ok' in command) return data<QueueResult>(command, { status: 400 })
	if (command.intent === 'redrive') return data<QueueResult>(refuseQueue('Open the queue to do this.'), 400)
	requireMay(member, PAGE.act[command.intent])
	const { merchantId, userId, services } = member
	const input = { merchantId, queue: command.queue, actor: { kind: 'console' as const, ref: userId } }
	try {
		if (command.intent === 'pause') {
			await pauseQueue(services, { ...input, reason: command.reason })
			return data<QueueResult>({ ok: true, message: 'The queue is paused.' })
		}
		if (command.intent === 'resume') {
			await resumeQueue(services, input)
			return data<QueueResult>({ ok: true, message: 'The queue goes on.' })
		}
		await runRound(services, input)
		return data<QueueResult>({ ok: true, message: 'It runs now.' })
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data<QueueResult>(refuseQueue(error.message), { status: 404 })
	}
}

const lastGood = createLastGood<QueueBoard>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function QueuesRoute() {
	const { queues, rounds, instances, readAt } = useLoaderData() as QueueBoard
	lastGood.useRemember({ queues, rounds, instances, readAt })
	useSteadyRevalidation(LOOK_MS)
	return (
		<>
			<PageHeader
				title="Queues"
				below={
					<>
						The background work of this installation. Read <Time at={readAt} />.
					</>
				}
			/>
			<Panel flush title="Queues" className="mb-4">
				<QueueTable queues={queues} />
			</Panel>
			<div className="grid items-start gap-4 lg:grid-cols-2">
				<Panel flush title="By the clock" note="Rounds that run by themselves.">
					<RoundList rounds={rounds} />
				</Panel>
				<Panel flush title="Processes" note="What answers requests and works through the queues.">
					<InstanceList instances={instances} />
				</Panel>
			</div>
		</>
	)
}

export const ErrorBoundary = () => <ConsoleError />
