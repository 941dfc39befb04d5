import type { Kysely } from 'kysely'
import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { latestAttempt } from '#db/queries/attempts.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment, patchPayments, type PaymentPatch } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { operateOnPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { requireMove } from '../../domain/access/may-move.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { requireCardStep } from '../../domain/money/require-card-step.ts'
import { toDecimal } from '../../domain/money/money.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { advance, type PaymentTrigger } from '../../domain/payments/payment-state.ts'
import { noteOutcome } from '../fraud/note-outcome.server.ts'
import { operateUncharged } from './operate-uncharged.server.ts'
import type { WayBack } from './plan-charge.server.ts'

/** What the step needs, in anybody's transaction. */
export type OperationSteps = { enqueue: Enqueue; clock: { now(): Date }; wayBack: WayBack }

export type OperationDeps = OperationSteps & {
	db: Kysely<DB>
	committed: (queues: readonly string[]) => void
}
export type OperationInput = {
	merchantId: string
	paymentId: string
	actor: Cause
	/** What the actor may do. */
	grant: Grant
	/** In their words. */
	reason?: string | null
}

export const paymentNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'payment_not_found', `There is no payment ${id}.`, { param: 'id' })

const wrongState = (payment: PaymentRow, verb: string): DomainError =>
	new DomainError(
		'conflict',
		'payment_state_conflict',
		`A payment that is ${payment.status} cannot be ${verb}.`,
	)

export type OperationRequest = {
	operation: 'capture' | 'cancel' | 'reject'
	/** Past participle for people: captured, canceled. */
	verb: string
	triggers: readonly PaymentTrigger[]
	amountMinor: bigint | null
}

/** Nobody holds its money: nothing was charged yet, or it waits for a person because its method cannot hold. */
async function isUncharged(tx: Tx, { id, status }: PaymentRow): Promise<boolean> {
	if (status === 'requires_payment_method') return true
	return status === 'in_review' && (await latestAttempt(tx, id))?.status !== 'authorized'
}

/** To capture a payment held for review is to approve it. */
function requireCapture(grant: Grant, payment: PaymentRow, asked: bigint | null): void {
	const permission = payment.status === 'in_review' ? 'reviews.decide' : 'payments.operate'
	const money = { minor: asked ?? payment.amount_minor, currency: payment.currency }
	requireMove(grant, permission, money, 'amount_to_capture')
}

async function askGateway(
	tx: Tx,
	enqueue: Enqueue,
	payment: PaymentRow,
	actor: Cause,
	request: OperationRequest,
) {
	const patch: PaymentPatch = {
		id: payment.id,
		status: payment.status,
		cause_kind: actor.kind,
		cause_ref: actor.ref,
		requested_operation: request.operation,
		requested_minor: request.amountMinor,
		requested_by: causeText(actor),
	}
	const [row = payment] = await patchPayments(tx, [payment], [patch])
	await enqueue(tx, operateOnPayment, [{ paymentId: payment.id as PaymentId }])
	return row
}

/** A person's word about a payment in review; canceling one says nothing about it. */
async function noteReview(
	tx: Tx,
	payment: PaymentRow,
	{ operation }: OperationRequest,
	cause: Cause,
): Promise<void> {
	if (payment.status !== 'in_review' || operation === 'cancel') return
	const verdict = operation === 'reject' ? 'fraud' : 'genuine'
	await noteOutcome(tx, payment, { source: 'review', verdict, cause })
}

/** Step: asks for a capture, a cancel or a rejection, in the caller's transaction. Asking twice is asking once. */
export async function requestOperation(
	tx: Tx,
	deps: OperationSteps,
	{ merchantId, paymentId, actor, grant, reason = null }: OperationInput,
	request: OperationRequest,
): Promise<KeptPayment> {
	const payment = await lockPayment(tx, { merchantId, id: paymentId })
	if (!payment) throw paymentNotFound(paymentId)
	if (!request.triggers.some((trigger) => advance(payment.status, trigger).ok))
		throw wrongState(payment, request.verb)
	if (request.amountMinor !== null && request.amountMinor > payment.amount_minor) {
		const most = toDecimal({ minor: payment.amount_minor, currency: payment.currency })
		throw new DomainError(
			'invalid',
			'amount_too_large',
			`Only ${most} ${payment.currency.toUpperCase()} is authorized.`,
			{ param: 'amount_to_capture' },
		)
	}
	if (request.amountMinor !== null)
		requireCardStep({ minor: request.amountMinor, currency: payment.currency }, 'amount_to_capture')
	if (request.operation === 'capture') requireCapture(grant, payment, request.amountMinor)
	if (payment.requested_operation !== null) {
		const same =
			payment.requested_operation === request.operation && payment.requested_minor === request.amountMinor
		if (same) return toPayment(payment)
		throw new DomainError(
			'conflict',
			'operation_in_progress',
			`A ${payment.requested_operation} of this payment is on its way to the gateway.`,
		)
	}
	await noteReview(tx, payment, request, actor)
	const row = (await isUncharged(tx, payment))
		? await operateUncharged(tx, deps, { payment, actor, asked: request })
		: await askGateway(tx, deps.enqueue, payment, actor, request)
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action: `payment.${request.operation}_requested`,
			subject_id: paymentId,
			payload: { amount_minor: request.amountMinor?.toString() ?? null, currency: payment.currency },
			before: { status: payment.status },
			after: { status: row.status },
			reason,
		},
	])
	return toPayment(row)
}

export const CAPTURE = { operation: 'capture', verb: 'captured', triggers: ['capture', 'approve'] } as const
export const CANCEL = { operation: 'cancel', verb: 'canceled', triggers: ['cancel', 'void'] } as const
export const APPROVE = { operation: 'capture', verb: 'approved', triggers: ['approve'] } as const
export const REJECT = { operation: 'reject', verb: 'rejected', triggers: ['reject'] } as const
