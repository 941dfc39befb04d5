import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
	useLoaderData,
	useParams,
	type ClientActionFunctionArgs,
	type ClientLoaderFunctionArgs,
} from '@remix-run/react'
import { acceptDispute } from '#app/commands/disputes/accept-dispute.server.ts'
import { writeEvidence } from '#app/commands/disputes/write-evidence.server.ts'
import { recordView } from '#app/commands/privacy/record-view.server.ts'
import type { DisputeDetail } from '#app/contracts/dispute-views.ts'
import { DisputeId } from '#app/contracts/ids.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentDisputeDetail } from '#app/presenters/dispute-detail.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { readDisputeCommand, refusal, type DisputeResult } from '#app/ui/console/dispute-command.ts'
import { DisputePage } from '#app/ui/console/dispute-page.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Dispute · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/disputes/:disputeId']

const DONE = {
	save: 'Draft saved. Nothing was sent.',
	submit: 'The evidence is on its way to the bank.',
	accept: 'The case is being given up.',
}

function requireId(id: string | undefined): DisputeId {
	const parsed = DisputeId.safeParse(id)
	if (!parsed.success) throw data(null, { status: 404 })
	return parsed.data
}

export async function loader({ request, context, params }: LoaderFunctionArgs): Promise<DisputeDetail> {
	const { merchantId, userId, services } = await requireMember(request, context, PAGE.read)
	const disputeId = requireId(params['disputeId'])
	const detail = await presentDisputeDetail(services, { merchantId, disputeId })
	if (!detail) throw data(null, { status: 404 })
	const actor = { kind: 'console' as const, ref: userId }
	await recordView(services, { merchantId, payerId: detail.payer, actor, seenAt: disputeId })
	return detail
}

export async function action({ request, context, params }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, services } = member
	const disputeId = requireId(params['disputeId'])
	const command = readDisputeCommand(await request.formData())
	if ('ok' in command) return data<DisputeResult>(command, { status: 400 })
	requireMay(member, PAGE.act[command.intent])
	const input = { merchantId, disputeId, actor: { kind: 'console' as const, ref: userId } }
	try {
		if (command.intent === 'accept') await acceptDispute(services, input)
		else {
			const { changes, intent } = command
			await writeEvidence(services, { ...input, changes, submit: intent === 'submit' })
		}
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data<DisputeResult>(refusal(error.message), { status: 409 })
	}
	return data<DisputeResult>({ ok: true, message: DONE[command.intent] })
}

const lastGood = createLastGood<DisputeDetail>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** Without an answer the form stays with everything in it, and says that the outcome is open. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<DisputeResult> {
	try {
		return (await serverAction<DisputeResult>()) as DisputeResult
	} catch (error) {
		if (error instanceof Response) throw error
		return refusal(
			navigator.onLine
				? 'No answer came back, so it may or may not have been sent. Look at what this page shows before you try again.'
				: 'You are offline, so it was not sent. Your text is still in the form.',
		)
	}
}

export default function DisputeDetailPage() {
	const detail = useLoaderData() as DisputeDetail
	lastGood.useRemember(detail)
	const { disputeId } = useParams()
	useLiveRevalidation((change) => change.kind === 'dispute' && change.disputeId === disputeId)
	return <DisputePage key={detail.dispute.id} detail={detail} />
}

export const ErrorBoundary = () => <ConsoleError missing="dispute" />
