import { settleRefund, type SettleRefundDeps } from '#app/commands/refunds/settle-refund.server.ts'
import { KEY_MEMORY_MS } from '#app/domain/payments/key-memory.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import type { PaymentGateway, RefundOutcome } from '#app/domain/payments/ports.ts'
import { causeFromText, type Cause } from '#app/domain/payments/cause.ts'
import { isOver } from '#app/domain/refunds/refund-state.ts'
import { listAttempts } from '#db/queries/attempts.ts'
import { findRefund, type RefundRow } from '#db/queries/refunds.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

type Deps = SettleRefundDeps & { gateways: Gateways }

const unknown = (reason: string): RefundOutcome => ({ kind: 'unknown', reason })

async function lookAt(gateway: PaymentGateway, ref: string): Promise<RefundOutcome> {
	try {
		return (await gateway.findRefund(ref))?.outcome ?? unknown('the gateway does not know this refund')
	} catch (error) {
		return unknown(error instanceof Error ? error.message : 'no answer')
	}
}

/** A refund the gateway has named is only looked at, and taken back when a person asked for that. */
async function askAbout(gateway: PaymentGateway, refund: RefundRow, ref: string): Promise<RefundOutcome> {
	const present = await lookAt(gateway, ref)
	if (refund.cancel_requested_by === null || present.kind !== 'requires_action') return present
	const canceled = await gateway.cancelRefund({ refundId: refund.id, ref })
	const isRefused = canceled.kind === 'failed' && canceled.ref === null
	return isRefused ? present : canceled
}

/** Sends it, once: after the first question, or once the gateway forgot our key, its own list is asked first. */
async function ask(deps: Deps, refund: RefundRow): Promise<RefundOutcome> {
	const gateway = deps.gateways.of(refund.provider).payments
	if (refund.provider_ref !== null) return askAbout(gateway, refund, refund.provider_ref)
	const attempts = await listAttempts(deps.db, refund.payment_id)
	const charged = attempts.find((attempt) => attempt.status === 'succeeded')
	if (!charged?.provider_ref) throw new Error(`${refund.id}: its payment has no successful attempt`)
	const request = {
		refundId: refund.id,
		paymentRef: charged.provider_ref,
		amountMinor: refund.amount_minor,
		currency: refund.currency,
		reason: refund.reason,
	}
	const firstSentAt = refund.approval_decided_at ?? refund.created_at
	const isRemembered = deps.clock.now().getTime() - firstSentAt.getTime() < KEY_MEMORY_MS
	if (refund.checks > 0 || !isRemembered) {
		const found = await gateway.findRefundOf(request)
		if (found) return found
		if (!isRemembered) return unknown('the gateway does not know this refund')
	}
	const answer = await gateway.refund(request)
	const isRefused = answer.kind === 'failed' && answer.ref === null
	return isRefused ? ((await gateway.findRefundOf(request)) ?? answer) : answer
}

function causeOf(refund: RefundRow, jobId: string): Cause {
	if (refund.cancel_requested_by !== null) return causeFromText(refund.cancel_requested_by)
	if (refund.checks > 0) return { kind: 'janitor', ref: jobId }
	return causeFromText(refund.approval_decided_by ?? refund.requested_by)
}

/** Safe to run twice: the refund's id is the key of the call, and what the gateway has made already is looked up. */
export default handles(
	sendRefund,
	async (deps: Deps, { refundId, check }, fetched) => {
		const refund = await findRefund(deps.db, refundId)
		if (!refund || isOver(refund.status) || refund.pending_reason === 'awaiting_approval') return 'done'
		// Another job has asked this question already and queued the next one.
		if (refund.checks > check) return 'done'
		const outcome = await ask(deps, refund)
		const cause = causeOf(refund, fetched.job.id)
		await settleRefund(deps, { refundId, outcome, cause, asked: { job: fetched, check } })
		return 'completed'
	},
	{ of: 'refundId' },
)
