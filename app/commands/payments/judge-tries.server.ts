import type { Tx } from '#db/client.ts'
import { listMethodSettingsOf } from '#db/queries/method-settings.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { PaymentPatch } from '#db/queries/payments.ts'
import type { VelocityRow, VelocitySubject } from '#db/queries/velocity.ts'
import type { ReportedCode } from '../../domain/declines/reported-codes.ts'
import { STANDARD_DECLINES } from '../../domain/declines/standard-declines.ts'
import { isDomainError } from '../../domain/errors/domain-error.ts'
import { cardTriesWords, isTestedCard } from '../../domain/fraud/card-testing.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { MethodSetting } from '../../domain/methods/method-settings.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { requireMethod } from '../../domain/methods/require-method.ts'
import { advance } from '../../domain/payments/payment-state.ts'
import { createCardTries } from './card-tries.server.ts'

type Deps = { gateways: Gateways }
type TryError = NonNullable<PaymentRow['error']>

const DAY_MS = 86_400_000

/** Why a method is not offered for a payment, now that its gateway has said what it is. */
function methodError(
	{ gateways }: Deps,
	payment: PaymentRow,
	type: MethodType,
	settings: readonly MethodSetting[],
): TryError | null {
	const mayCharge = [payment.gateway, ...Object.keys(payment.fallback_methods)]
	const query = {
		amountMinor: payment.amount_minor,
		currency: payment.currency,
		country: payment.client_country,
		capture: payment.capture_method,
	}
	try {
		const taking = gateways.all.filter(({ name }) => mayCharge.includes(name))
		requireMethod(query, { type, gateway: null }, { gateways: taking, settings })
		return null
	} catch (error) {
		if (!isDomainError(error)) throw error
		const message = payment.payer_present
			? 'This order cannot be paid this way. Nothing was charged. Choose another way to pay.'
			: `${error.message} Nothing was charged.`
		return { type: 'blocked', code: error.code, decline_code: null, message, advice: 'other_method' }
	}
}

/** The bank wants this card back: it is told nothing new, and whoever holds the card no more than before. */
function reportedError(code: ReportedCode): TryError {
	const { words: message, advice } = STANDARD_DECLINES[code]
	return {
		type: 'card_error',
		code: 'card_declined',
		decline_code: code,
		message,
		standard_code: code,
		advice,
	}
}

const TESTED = {
	type: 'card_error',
	code: 'card_declined',
	decline_code: 'too_many_tries',
	standard_code: 'frequency_limit_exceeded',
	advice: STANDARD_DECLINES.frequency_limit_exceeded.advice,
} as const satisfies Omit<TryError, 'message'>

/** Judges tries one after the other, so that those of one card in this batch are counted as well. */
export async function createTryJudge(
	tx: Tx,
	deps: Deps,
	payments: readonly PaymentRow[],
	past: ReadonlyMap<string, VelocityRow>,
) {
	const settings = await listMethodSettingsOf(tx, [...new Set(payments.map((row) => row.merchant_id))])
	const tries = createCardTries(past)
	return {
		judge(
			payment: PaymentRow,
			type: MethodType | null,
			subject: VelocitySubject | undefined,
		): TryError | null {
			const reported = past.get(payment.id)?.reported ?? null
			if (reported) return reportedError(reported)
			const before = tries.before(subject)
			if (isTestedCard(before)) {
				const message = cardTriesWords(before)
				return { ...TESTED, message }
			}
			return type && methodError(deps, payment, type, settings.get(payment.merchant_id) ?? [])
		},
		settingsOf: (payment: PaymentRow): readonly MethodSetting[] => settings.get(payment.merchant_id) ?? [],
		/** Counts a try that goes to its gateway. */
		add: tries.add,
	}
}

/** Ends a try that is not sent to a gateway as a decline would: its payer may try again. */
export function refusedTry(payment: PaymentRow, error: TryError, jobId: string, now: Date): PaymentPatch {
	const move = advance('processing', payment.payer_present ? 'declined' : 'declined_for_good')
	if (!move.ok) throw new Error('a payment that is processing cannot be declined')
	return {
		id: payment.id,
		status: move.state,
		cause_kind: 'job',
		cause_ref: jobId,
		error,
		next_check_at: payment.payer_present ? new Date(now.getTime() + DAY_MS) : null,
	}
}
