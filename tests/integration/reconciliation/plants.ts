import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { runReconciliation, type RunInput } from '#app/commands/reconciliation/run-reconciliation.server.ts'
import type { ReconciliationDeps } from '#app/commands/reconciliation/reconciling.server.ts'
import { settleRefund } from '#app/commands/refunds/settle-refund.server.ts'
import { DEFAULTS } from '#app/sandbox/options.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { House } from '#tests/support/house.ts'
import { chargedPayment, onlyAttempt, runNow, screened, takePayment } from '../payments/by-hand.ts'

/** The genuine SDK on the house's gateway account: somebody at the gateway's own dashboard. */
export function dashboardOf(house: House): Stripe {
	const { hostname, port } = new URL(house.sandbox.url)
	return new Stripe(DEFAULTS.secretKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
}

const AN_HOUR = 3_600_000

/** Reconciles as if it were an hour later, when nothing of the test is in flight any more. */
export const reconcile = (
	house: House,
	input: Partial<RunInput> = {},
	deps: Partial<ReconciliationDeps> = {},
) =>
	runReconciliation(
		{
			...house.services,
			gateway: house.services.gateways.of('stripe'),
			clock: { now: () => new Date(Date.now() + AN_HOUR) },
			...deps,
		},
		{ requestedBy: 'test', ...input },
	)

/** A difference as planted: its class, its kind, the gateway's name of it. */
export type Planted = { class: string; kind: string; ref: string | null; outcome: 'healed' | null }

const CAUSE = { kind: 'job', ref: 'test' } as const
const NO_JOB = { cause: CAUSE, job: null }

export type Plant = (house: House) => Promise<Planted>

const attemptRef = async (house: House, paymentId: string) =>
	(await onlyAttempt(house, paymentId)).provider_ref

/** The gateway makes the order out over something else than was asked. */
export const lyingAnswer =
	(fault: 'wrong_amount' | 'wrong_currency'): Plant =>
	async (house) => {
		await house.sandbox.spoilNext([fault], '/v1/payment_intents')
		const id = await chargedPayment(house)
		return {
			class: fault === 'wrong_amount' ? 'amount' : 'currency',
			kind: 'charge',
			ref: await attemptRef(house, id),
			outcome: null,
		}
	}

/** A charge, or a hold, made at the gateway without us. */
export const strangeCharge =
	(capture_method: 'automatic' | 'manual'): Plant =>
	async (house) => {
		const { id } = await dashboardOf(house).paymentIntents.create({
			amount: 3_300,
			currency: 'eur',
			confirm: true,
			payment_method: 'pm_card_visa',
			capture_method,
		})
		return {
			class: 'extra',
			kind: capture_method === 'manual' ? 'authorization' : 'charge',
			ref: id,
			outcome: null,
		}
	}

/** The gateway answers that it took the money, and has nothing in its books. */
export const emptyPromise: Plant = async (house) => {
	const id = await takePayment(house)
	const { attemptId, amountMinor, currency } = await screened(house, id)
	const ref = `pi_${randomUUID()}`
	const outcome = {
		kind: 'captured',
		ref,
		chargeRef: `ch_${randomUUID()}`,
		amountMinor,
		currency,
		feeMinor: 88n,
	} as const
	await house.services.settleLane.push({ attemptId, outcome, ...NO_JOB })
	return { class: 'missing', kind: 'charge', ref, outcome: null }
}

/** Somebody charges an order a second time at the dashboard. */
export const secondCharge: Plant = async (house) => {
	const paymentId = await chargedPayment(house)
	const { id: attempt_id } = await onlyAttempt(house, paymentId)
	const { id } = await dashboardOf(house).paymentIntents.create({
		amount: 1_999,
		currency: 'eur',
		confirm: true,
		payment_method: 'pm_card_visa',
		metadata: { payment_id: paymentId, attempt_id },
	})
	return { class: 'duplicate', kind: 'charge', ref: id, outcome: null }
}

async function chargedWithoutAnswer(house: House) {
	await house.sandbox.spoilNext(['error_500_kept'], '/v1/payment_intents')
	const paymentId = await chargedPayment(house)
	const attempt = await onlyAttempt(house, paymentId)
	const intents = await dashboardOf(house).paymentIntents.list({ limit: 1 })
	return { paymentId, attempt, ref: String(intents.data[0]?.id) }
}

/** The charge succeeded; its answer and its message were lost. */
export const missedMessage: Plant = async (house) => {
	const { ref } = await chargedWithoutAnswer(house)
	return { class: 'status', kind: 'charge', ref, outcome: 'healed' }
}

/** The gateway said no and charged all the same. */
export const lateMoney: Plant = async (house) => {
	const { attempt, ref } = await chargedWithoutAnswer(house)
	const outcome = { kind: 'declined', ref, code: 'card_declined', declineCode: null, message: 'No.' } as const
	await house.services.settleLane.push({ attemptId: attempt.id, outcome, ...NO_JOB })
	return { class: 'status', kind: 'charge', ref, outcome: null }
}

async function refundOf(house: House, amount = 500) {
	const paymentId = await chargedPayment(house)
	const asked = await house.call('POST', `/api/v1/payments/${paymentId}/refund`, { amount })
	if (asked.status !== 201) throw new Error(asked.text)
	return {
		paymentId,
		refundId: String(asked.body['id']),
		paymentRef: String(await attemptRef(house, paymentId)),
	}
}

export const strangeRefund: Plant = async (house) => {
	const paymentRef = String(await attemptRef(house, await chargedPayment(house)))
	const { id } = await dashboardOf(house).refunds.create({ payment_intent: paymentRef, amount: 700 })
	return { class: 'extra', kind: 'refund', ref: id, outcome: 'healed' }
}

export const wrongRefund: Plant = async (house) => {
	const { refundId, paymentRef } = await refundOf(house)
	const metadata = { refund_id: refundId }
	const made = await dashboardOf(house).refunds.create({ payment_intent: paymentRef, amount: 400, metadata })
	return { class: 'amount', kind: 'refund', ref: made.id, outcome: null }
}

/** The refund was made; its answer and its message were lost. */
export const missedRefund: Plant = async (house) => {
	await refundOf(house)
	await house.sandbox.spoilNext(['error_500_kept'], '/v1/refunds')
	await runNow(house, sendRefund)
	// Its next question would find the refund before reconciliation does.
	await house.services.boss.deleteQueuedJobs(sendRefund.name)
	const made = (await dashboardOf(house).refunds.list({ limit: 1 })).data[0]
	return { class: 'status', kind: 'refund', ref: String(made?.id), outcome: 'healed' }
}

export const emptyRefund: Plant = async (house) => {
	const { refundId } = await refundOf(house)
	const ref = `re_${randomUUID()}`
	const outcome = { kind: 'succeeded', ref, amountMinor: 500n, currency: 'eur', pendingReason: null } as const
	await settleRefund(house.services, { refundId, outcome, cause: CAUSE, asked: null })
	return { class: 'missing', kind: 'refund', ref, outcome: null }
}

export const secondRefund: Plant = async (house) => {
	const { refundId, paymentRef } = await refundOf(house)
	await runNow(house, sendRefund)
	const metadata = { refund_id: refundId }
	const made = await dashboardOf(house).refunds.create({ payment_intent: paymentRef, amount: 500, metadata })
	return { class: 'duplicate', kind: 'refund', ref: made.id, outcome: null }
}

/** What the gateway really took is known to us; its fee is not, or wrongly. */
export const feeOf =
	(feeMinor: bigint | null): Plant =>
	async (house) => {
		const { attempt, ref } = await chargedWithoutAnswer(house)
		const known = await house.services.gateways.of('stripe').books.findCharge(ref)
		if (!known?.chargeRef) throw new Error(`${ref} was not charged`)
		const { amountMinor, currency, chargeRef } = known
		const outcome = { kind: 'captured', ref, chargeRef, amountMinor, currency, feeMinor } as const
		await house.services.settleLane.push({ attemptId: attempt.id, outcome, ...NO_JOB })
		return { class: 'amount', kind: 'movement', ref: chargeRef, outcome: feeMinor === null ? 'healed' : null }
	}

export const differences = (house: House) =>
	house.services.db.selectFrom('reconciliation_differences').selectAll().orderBy('id').execute()

type Totals = { currency: string; residual: string; listed: string; inFlight: string; onTheWay: string }[]

/** What the run could not explain, per currency. */
export const residuals = (run: { totals: unknown } | null): Record<string, string> =>
	Object.fromEntries(((run?.totals ?? []) as Totals).map(({ currency, residual }) => [currency, residual]))
