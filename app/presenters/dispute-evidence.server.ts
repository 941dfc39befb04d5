import type { Kysely } from 'kysely'
import { listAttempts, type AttemptRow } from '#db/queries/attempts.ts'
import { findCheckoutSession } from '#db/queries/checkout-sessions.ts'
import { merchantName } from '#db/queries/identity.ts'
import { listHistory } from '#db/queries/payment-history.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { listRefunds } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { Evidence } from '../domain/disputes/evidence.ts'
import { evidencePack } from '../domain/disputes/evidence-pack.ts'
import type { Payers } from '../vault/payers.server.ts'
import { timelineOf } from './payment-timeline.server.ts'

/** How we chose a gateway is no bank's business. */
const withoutRoute = (attempt: AttemptRow): AttemptRow => ({ ...attempt, route: null })

/** What the house knows of a disputed purchase: order, receipt, address, and what happened when. */
export async function presentEvidencePack(
	{ db, payers }: { db: Kysely<DB>; payers: Payers },
	payment: PaymentRow,
): Promise<Evidence> {
	const [session, attempts, history, refunds, merchant, opener] = await Promise.all([
		payment.checkout_session_id ? findCheckoutSession(db, payment.checkout_session_id) : undefined,
		listAttempts(db, payment.id),
		listHistory(db, payment.id),
		listRefunds(db, payment.id),
		merchantName(db, payment.merchant_id),
		payers.opener(db, [payment.sealed_email, payment.sealed_ip]),
	])
	return evidencePack({
		merchantName: merchant,
		reference: payment.reference,
		amountMinor: payment.captured_minor,
		currency: payment.currency,
		description: payment.description,
		items: (session?.items ?? []).map(({ name, quantity, amount }) => ({
			name,
			quantity,
			amountMinor: BigInt(amount),
		})),
		email: opener('email', payment.sealed_email),
		ip: opener('ip', payment.sealed_ip),
		ipCountry: payment.client_country,
		card: { brand: payment.card_brand, last4: payment.card_last4, country: payment.card_country },
		paidAt: payment.captured_at?.getTime() ?? null,
		refundedMinor: payment.refunded_minor,
		timeline: timelineOf(history, attempts.map(withoutRoute), refunds, () => 'the gateway'),
	})
}
