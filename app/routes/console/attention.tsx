import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
	useLoaderData,
	useSearchParams,
	type ClientActionFunctionArgs,
	type ClientLoaderFunctionArgs,
} from '@remix-run/react'
import { retryAttention } from '#app/commands/attention/retry-attention.server.ts'
import { settleAttention } from '#app/commands/attention/settle-attention.server.ts'
import type { AttentionList } from '#app/contracts/attention.ts'
import { ListAttention } from '#app/contracts/attention-requests.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { ATTENTION } from '#app/domain/attention/attention-kinds.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentAttentionDesk } from '#app/presenters/attention.server.ts'
import { readAttentionCommand, type AttentionResult } from '#app/ui/console/attention-command.ts'
import { AttentionDesk } from '#app/ui/console/attention-desk.tsx'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { placeIn } from '#app/ui/kit/pager.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Attention · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/attention']

const PAGE_SIZE = '25'

export async function loader({ request, context }: LoaderFunctionArgs): Promise<AttentionList> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const asked = Object.fromEntries(new URL(request.url).searchParams)
	// A place or a filter that cannot be read leads to the first page, not to an error.
	const parsed = ListAttention.safeParse({ ...asked, limit: PAGE_SIZE })
	const query = parsed.success ? parsed.data : ListAttention.parse({ limit: PAGE_SIZE })
	return presentAttentionDesk(services, { merchantId, query })
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, services } = member
	const command = readAttentionCommand(await request.formData())
	if ('ok' in command) return data<AttentionResult>(command, { status: 400 })
	requireMay(member, PAGE.act[command.intent])
	const { id } = command
	const input = { merchantId, id, actor: { kind: 'console' as const, ref: userId } }
	try {
		const item =
			command.intent === 'retry'
				? await retryAttention(services, input)
				: await settleAttention(services, { ...input, ...command })
		const message =
			command.intent === 'retry'
				? (ATTENTION[item.kind].retry?.done ?? 'Tried again.')
				: 'Settled, and kept on record.'
		return data<AttentionResult>({ ok: true, id, message })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const field = error.param === 'note' ? 'note' : null
		return data<AttentionResult>({ ok: false, id, message: error.message, field }, { status: 409 })
	}
}

const lastGood = createLastGood<AttentionList>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** Without an answer the dialog stays with everything in it, and says that the outcome is open. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<AttentionResult> {
	try {
		return (await serverAction<AttentionResult>()) as AttentionResult
	} catch (error) {
		if (error instanceof Response) throw error
		const message = 'No answer came back. If the item is still here, try again; twice does no harm.'
		return { ok: false, id: null, field: null, message }
	}
}

export default function AttentionPage() {
	const list = useLoaderData() as AttentionList
	lastGood.useRemember(list)
	const [params] = useSearchParams()
	const payments = new Set(list.items.map(({ payment }) => payment))
	useLiveRevalidation(
		(change) => change.kind === 'attention' || (change.kind === 'payment' && payments.has(change.paymentId)),
	)
	return <AttentionDesk list={list} place={placeIn(params)} />
}

export const ErrorBoundary = () => <ConsoleError />
