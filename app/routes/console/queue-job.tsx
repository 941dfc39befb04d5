import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { z } from 'zod'
import { cancelJob } from '#app/commands/queues/cancel-job.server.ts'
import { retryJob } from '#app/commands/queues/retry-job.server.ts'
import type { JobView } from '#app/contracts/queues.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentJob } from '#app/presenters/queue-job.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useSteadyRevalidation } from '#app/ui/live/use-steady-revalidation.ts'
import { JobPage } from '#app/ui/queues/job-page.tsx'
import { readJobCommand, refuseQueue, type QueueResult } from '#app/ui/queues/queue-command.ts'

export const meta: MetaFunction = () => [{ title: 'Job · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/queues/:queue/jobs/:jobId']
const LOOK_MS = 2_000

function requireId(id: string | undefined): string {
	const parsed = z.uuid().safeParse(id)
	if (!parsed.success) throw data(null, { status: 404 })
	return parsed.data
}

export async function loader({ request, context, params }: LoaderFunctionArgs): Promise<JobView> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const job = await presentJob(services, { merchantId, jobId: requireId(params['jobId']) })
	if (!job) throw data(null, { status: 404 })
	return job
}

const DONE = {
	retry: 'It is back in its queue.',
	edit: 'Kept. It runs with what you wrote.',
	cancel: 'It will not run.',
}

export async function action({ request, context, params }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const command = readJobCommand(await request.formData())
	if ('ok' in command) return data<QueueResult>(command, { status: 400 })
	requireMay(member, PAGE.act[command.intent])
	const { merchantId, userId, services } = member
	const jobId = requireId(params['jobId'])
	const input = { merchantId, jobId, actor: { kind: 'console' as const, ref: userId } }
	try {
		if (command.intent === 'cancel') await cancelJob(services, { ...input, reason: command.reason })
		else
			await retryJob(services, { ...input, ...(command.intent === 'edit' && { payload: command.payload }) })
		return data<QueueResult>({ ok: true, message: DONE[command.intent] })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const field = error.code === 'payload_invalid' ? 'payload' : null
		return data<QueueResult>(refuseQueue(error.message, field), { status: 409 })
	}
}

const lastGood = createLastGood<JobView>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function QueueJobRoute() {
	const job = useLoaderData() as JobView
	lastGood.useRemember(job)
	useSteadyRevalidation(LOOK_MS)
	return <JobPage job={job} />
}

export const ErrorBoundary = () => <ConsoleError />
