import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { FEATURES } from '#db/features/feature-set.ts'
import { readFeatures, type FeatureSubject } from '#db/queries/fraud-features.ts'
import { appendLabels, type NewLabel } from '#db/queries/fraud-labels.ts'
import { recordScreened } from '#db/queries/screened-payments.ts'
import type { DB } from '#db/schema.ts'
import { momentOf, paymentIdOf, type FilePayment } from './payments-file.ts'

export const WIDTH = FEATURES.length

/** Outcomes are known this long after a payment. */
export const LABEL_DELAY_S = 7 * 86_400
const LABEL_AGE_HOURS = LABEL_DELAY_S / 3_600

/** Payments that share a round trip; each is still scored as of its own moment. */
const TOGETHER = 100
const IN_BULK = 5_000

export const subjectOf = (payment: FilePayment): FeatureSubject => ({
	id: paymentIdOf(payment),
	merchant_id: payment.merchant,
	at: momentOf(payment.t),
	payer: payment.card,
	worth_cents: BigInt(payment.amountCents),
	card_country: null,
	payer_country: null,
	card_last_hour: null,
	email_last_hour: null,
	ip_last_hour: null,
	cards_per_ip_last_hour: null,
	card_declines_last_day: null,
})

export const rowOf = (payment: FilePayment) => ({
	payment_id: paymentIdOf(payment),
	merchant_id: payment.merchant,
	at: momentOf(payment.t),
	payer: payment.card,
	worth_cents: BigInt(payment.amountCents),
	payer_country: null,
})

const labelOf = (payment: FilePayment): NewLabel => ({
	merchant_id: payment.merchant,
	payment_id: paymentIdOf(payment),
	source: 'dispute',
	verdict: 'fraud',
	known_at: momentOf(payment.t + LABEL_DELAY_S),
	actor: 'job:bench',
})

/** Payments in order of arrival, each looked at before the next is there; outcomes arrive when they are due. */
export function createReplay(db: Kysely<DB>, payments: readonly FilePayment[]) {
	const due = payments.filter(({ fraud }) => fraud === 1).sort((a, b) => a.t - b.t || a.txId - b.txId)
	let told = 0
	let at = 0
	const nextDue = () => (due[told]?.t ?? Infinity) + LABEL_DELAY_S

	async function tellUntil(t: number): Promise<void> {
		while (nextDue() <= t) {
			const known: NewLabel[] = []
			while (nextDue() <= t && known.length < IN_BULK) known.push(labelOf(due[told++] as FilePayment))
			await inTransaction(db, (tx) => appendLabels(tx, known))
		}
	}

	return {
		/** Remembers everything before `t` without looking at it. */
		async skipTo(t: number): Promise<void> {
			while ((payments[at]?.t ?? Infinity) < t) {
				const rows: FilePayment[] = []
				for (let next = payments[at]; next && next.t < t && rows.length < IN_BULK; next = payments[++at])
					rows.push(next)
				await inTransaction(db, (tx) => recordScreened(tx, rows.map(rowOf)))
			}
			await tellUntil(t)
		},
		/** Looks at every payment before `t`, and remembers it. */
		async playTo(t: number, onVector: (payment: FilePayment, vector: Float32Array) => void): Promise<void> {
			for (let first = payments[at]; first && first.t < t; first = payments[at]) {
				await tellUntil(first.t)
				const batch: FilePayment[] = []
				const end = Math.min(t, nextDue())
				for (let next = payments[at]; next && next.t < end && batch.length < TOGETHER; next = payments[++at])
					batch.push(next)
				const vectors = await inTransaction(db, async (tx) => {
					await recordScreened(tx, batch.map(rowOf))
					return readFeatures(tx, batch.map(subjectOf), LABEL_AGE_HOURS)
				})
				for (const payment of batch) {
					const vector = vectors.get(paymentIdOf(payment))
					if (!vector) throw new Error(`no features for ${payment.txId}`)
					onVector(payment, vector)
				}
			}
		},
	}
}
