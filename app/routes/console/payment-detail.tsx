import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
	useLoaderData,
	useParams,
	type ClientActionFunctionArgs,
	type ClientLoaderFunctionArgs,
} from '@remix-run/react'
import { approvePayment } from '#app/commands/payments/approve-payment.server.ts'
import { askAboutPayment } from '#app/commands/payments/ask-about-payment.server.ts'
import { cancelPayment } from '#app/commands/payments/cancel-payment.server.ts'
import { capturePayment } from '#app/commands/payments/capture-payment.server.ts'
import { rejectPayment } from '#app/commands/payments/reject-payment.server.ts'
import { recordView } from '#app/commands/privacy/record-view.server.ts'
import { exceedsRefundLimit } from '#app/commands/refunds/exceeds-limit.server.ts'
import { requestRefund } from '#app/commands/refunds/request-refund.server.ts'
import type { PaymentDetail } from '#app/contracts/console.ts'
import { PaymentId } from '#app/contracts/ids.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentPaymentDetail } from '#app/presenters/payment-detail.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { readPaymentCommand, type CommandResult, type Intent } from '#app/ui/console/payment-command.ts'
import { PaymentPage } from '#app/ui/console/payment-page.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Payment · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/payments/:paymentId']

const DONE: Record<Intent, string> = {
	refund: 'Refund started. Its result appears on this page.',
	capture: 'Capture started. Its result appears on this page.',
	cancel: 'The payment is being canceled.',
	approve: 'Approved. The money is being collected.',
	reject: 'Rejected. A hold on the card is released.',
}

function requireId(id: string | undefined): PaymentId {
	const parsed = PaymentId.safeParse(id)
	if (!parsed.success) throw data(null, { status: 404 })
	return parsed.data
}

export async function loader({ request, context, params }: LoaderFunctionArgs): Promise<PaymentDetail> {
	const { merchantId, userId, grant, services } = await requireMember(request, context, PAGE.read)
	const paymentId = requireId(params['paymentId'])
	const mayReadAudit = may(grant, CONSOLE_PAGES['/console/audit'].read)
	const viewer = { merchantId, actor: { kind: 'console' as const, ref: userId }, mayReadAudit }
	const detail = await presentPaymentDetail(services, viewer, paymentId)
	if (!detail) throw data(null, { status: 404 })
	const { payer: payerId } = detail.customer
	await recordView(services, { ...viewer, payerId, seenAt: paymentId })
	await askAboutPayment(services, detail.payment)
	return detail
}

export async function action({ request, context, params }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, grant, services } = member
	const paymentId = requireId(params['paymentId'])
	const command = readPaymentCommand(await request.formData())
	if ('ok' in command) return data<CommandResult>(command, { status: 400 })
	requireMay(member, PAGE.act[command.intent])
	if (command.intent === 'refund') {
		const refunds = [{ paymentId, amountMinor: command.amountMinor }]
		const isLarge = await exceedsRefundLimit(services, { merchantId, refunds })
		const asked = isLarge ? await requireStepUp(request, context, member) : null
		if (asked) return asked
	}
	const input = { merchantId, paymentId, actor: { kind: 'console' as const, ref: userId }, grant }
	try {
		if (command.intent === 'refund') await requestRefund(services, { ...input, ...command })
		if (command.intent === 'capture') await capturePayment(services, { ...input, ...command })
		if (command.intent === 'cancel') await cancelPayment(services, input)
		if (command.intent === 'approve') await approvePayment(services, input)
		if (command.intent === 'reject') await rejectPayment(services, { ...input, reason: command.reason })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const field = error.param?.startsWith('amount') ? 'amount' : null
		const status = error.kind === 'forbidden' ? 403 : 409
		return data<CommandResult>({ ok: false, message: error.message, field }, { status })
	}
	return data<CommandResult>({ ok: true, intent: command.intent, message: DONE[command.intent] })
}

const lastGood = createLastGood<PaymentDetail>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** Without an answer the dialog stays with everything in it, and says that the outcome is open. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<CommandResult> {
	try {
		return (await serverAction<CommandResult>()) as CommandResult
	} catch (error) {
		if (error instanceof Response) throw error
		return {
			ok: false,
			field: null,
			message: navigator.onLine
				? 'No answer came back, so it may or may not have happened. Look at what this page shows before you try again.'
				: 'You are offline, so it may not have been sent. Look at what this page shows before you try again.',
		}
	}
}

export default function PaymentDetailPage() {
	const detail = useLoaderData() as PaymentDetail
	lastGood.useRemember(detail)
	const { paymentId } = useParams()
	useLiveRevalidation((change) => 'paymentId' in change && change.paymentId === paymentId)
	return <PaymentPage key={detail.payment.id} detail={detail} />
}

export const ErrorBoundary = () => <ConsoleError missing="payment" />
