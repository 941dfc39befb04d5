import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { findAttempt, findAttemptByRef, type AttemptRow } from '#db/queries/attempts.ts'
import { insertEvents } from '#db/queries/events.ts'
import { lockAccountsFor } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { findPaymentForJob, lockPayment } from '#db/queries/payments.ts'
import { findRefundByRef, insertRefund, listRefunds, type RefundRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { isTerminal } from '../../domain/payments/payment-state.ts'
import type { GatewayRefund } from '../../domain/payments/ports.ts'
import { makeRoom } from '../../domain/refunds/make-room.ts'
import { refundAccounts } from '../fx/take-back.server.ts'
import { holdRefund } from './hold-refund.server.ts'
import { moveRefund } from './move-refund.server.ts'
import { refundEvent } from './refund-events.server.ts'
import { FIRST_LOOK_SECONDS } from './request-refund.server.ts'

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

export type MirrorInput = { provider: string; refund: GatewayRefund; cause: Cause }

/**
 * `mirrored`: written now. `known`: here already. `foreign`: of no payment of ours. `attention`: it fits nothing
 * here, so a person looks. `later`: something under way must end first; try again.
 */
export type Mirrored = { result: 'mirrored' | 'known' | 'foreign' | 'attention' | 'later' }

const answer = (result: Mirrored['result']): Mirrored => ({ result })

async function attemptOf(db: Kysely<DB>, { provider, refund }: MirrorInput): Promise<AttemptRow | undefined> {
	const byRef =
		refund.paymentRef === null ? undefined : await findAttemptByRef(db, provider, refund.paymentRef)
	// Our attempt may not know its charge yet: the gateway was told our id with it.
	return byRef ?? (refund.attemptId === null ? undefined : findAttempt(db, refund.attemptId))
}

async function askPerson(
	tx: Tx,
	payment: PaymentRow,
	{ ref }: GatewayRefund,
	detail: string,
): Promise<Mirrored> {
	const item = { merchant_id: payment.merchant_id, kind: 'gateway_mismatch', subject_id: ref } as const
	await openAttention(tx, [{ ...item, detail: `Refund ${ref} of ${payment.reference}: ${detail}` }])
	return answer('attention')
}

/** Kept for the story of the payment; its money never left, or is back. */
async function keepEnded(tx: Tx, payment: PaymentRow, { refund, cause }: MirrorInput): Promise<Mirrored> {
	const { outcome } = refund
	if (outcome.kind !== 'failed' && outcome.kind !== 'canceled') return answer('later')
	const row = await insertRefund(
		tx,
		{
			...mirrorOf(refund),
			merchant_id: payment.merchant_id,
			payment_id: payment.id,
			currency: payment.currency,
			provider: payment.gateway,
			requested_by: causeText(cause),
			status: outcome.kind,
			failure_reason: outcome.reason,
		},
		null,
	)
	await insertEvents(tx, refundEvent(row, payment, `refund.${outcome.kind}`))
	return answer('mirrored')
}

const mirrorOf = ({ ref, amountMinor, reason, outcome }: GatewayRefund) => ({
	id: newId('re'),
	amount_minor: amountMinor,
	reason,
	pending_reason: 'pendingReason' in outcome ? outcome.pendingReason : null,
	provider_ref: ref,
	made_at_gateway: true,
})

/** Frees what waits here for approval when the gateway has paid that money out already. */
async function dropWaiting(tx: Tx, payment: PaymentRow, dropped: readonly RefundRow[], cause: Cause) {
	let current = payment
	for (const refund of dropped) {
		const patch = { failure_reason: 'refunded_at_gateway' }
		current = (await moveRefund(tx, { refund, payment: current, to: 'canceled', cause, patch })).payment
	}
	return current
}

async function book(tx: Tx, deps: Deps, payment: PaymentRow, input: MirrorInput): Promise<Mirrored> {
	const { refund, cause } = input
	const { outcome } = refund
	if (refund.currency !== payment.currency) {
		return askPerson(tx, payment, refund, `the gateway made it in ${refund.currency.toUpperCase()}.`)
	}
	if (!('amountMinor' in outcome)) return keepEnded(tx, payment, input)
	const room = makeRoom(payment, await listRefunds(tx, payment.id), refund.amountMinor)
	if (room.kind === 'wait') {
		// The gateway will refuse what no longer fits there; then this one has room.
		const questions = room.asked.map((own) => ({ refundId: own.id, check: own.checks }))
		await deps.enqueue(tx, sendRefund, questions)
		return answer('later')
	}
	if (room.kind === 'none') {
		return askPerson(tx, payment, refund, 'the gateway has refunded more than is booked as captured here.')
	}
	await lockAccountsFor(tx, {
		merchantId: payment.merchant_id,
		gateway: payment.gateway,
		accounts: await refundAccounts(tx, payment),
	})
	const held = await holdRefund(tx, {
		payment: await dropWaiting(tx, payment, room.dropped, cause),
		refund: mirrorOf(refund),
		actor: cause,
		action: 'refund.mirrored',
		lookInSeconds: FIRST_LOOK_SECONDS,
	})
	if (outcome.kind !== 'pending') await moveRefund(tx, { ...held, to: outcome.kind, cause })
	return answer('mirrored')
}

/**
 * Writes down a refund that was not made here: at the gateway's dashboard, or by another program. State, ledger,
 * audit and events in one commit, once per gateway refund. Only for refunds that carry no id of ours.
 */
export async function mirrorRefund(deps: Deps, input: MirrorInput): Promise<Mirrored> {
	const found = await attemptOf(deps.db, input)
	const paid = found && (await findPaymentForJob(deps.db, found.payment_id))
	if (!paid) return answer('foreign')
	const mirrored = await inTransaction(deps.db, async (tx) => {
		const payment = await lockPayment(tx, { merchantId: paid.merchant_id, id: paid.id })
		const attempt = await findAttempt(tx, found.id)
		if (!payment || !attempt) return answer('foreign')
		if (await findRefundByRef(tx, input.provider, input.refund.ref)) return answer('known')
		if (attempt.status === 'succeeded') return book(tx, deps, payment, input)
		if (!isTerminal(payment.status)) return answer('later')
		return askPerson(tx, payment, input.refund, 'the gateway refunded a charge that is not booked here.')
	})
	deps.committed(mirrored.result === 'later' ? [sendRefund.name] : [])
	return mirrored
}
