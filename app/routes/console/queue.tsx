import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { pauseQueue } from '#app/commands/queues/pause-queue.server.ts'
import { redriveQueue } from '#app/commands/queues/redrive-queue.server.ts'
import { resumeQueue } from '#app/commands/queues/resume-queue.server.ts'
import { ListJobs, type QueueView } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentQueue } from '#app/presenters/queues.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { plural } from '#app/ui/console/format-measure.ts'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useSteadyRevalidation } from '#app/ui/live/use-steady-revalidation.ts'
import { readQueueCommand, refuseQueue, type QueueResult } from '#app/ui/queues/queue-command.ts'
import { QueuePage } from '#app/ui/queues/queue-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Queue · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/queues/:queue']
const LOOK_MS = 5_000

export async function loader({ request, context, params }: LoaderFunctionArgs): Promise<QueueView> {
	const { services } = await requireMember(request, context, PAGE.read)
	const asked = ListJobs.safeParse(Object.fromEntries(new URL(request.url).searchParams))
	// A place or a state that cannot be read leads to the first page, not to an error.
	const view = await presentQueue(services, { queue: params['queue'] ?? '', query: asked.data ?? {} })
	if (!view) throw data(null, { status: 404 })
	return view
}

export async function action({ request, context, params }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const form = await request.formData()
	form.set('queue', params['queue'] ?? '')
	const command = readQueueCommand(form)
	if ('ok' in command) return data<QueueResult>(command, { status: 400 })
	if (command.intent === 'run') return data<QueueResult>(refuseQueue('Use the list of rounds.'), 400)
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
		const { count } = await redriveQueue(services, input)
		return data<QueueResult>({ ok: true, message: `${plural(count, 'job')} will be tried again.` })
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data<QueueResult>(refuseQueue(error.message), { status: 404 })
	}
}

const lastGood = createLastGood<QueueView>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function QueueRoute() {
	const view = useLoaderData() as QueueView
	lastGood.useRemember(view)
	useSteadyRevalidation(LOOK_MS)
	return <QueuePage view={view} />
}

export const ErrorBoundary = () => <ConsoleError />
