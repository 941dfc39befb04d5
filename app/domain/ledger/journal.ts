export type AccountKind = 'gateway_clearing' | 'merchant_balance' | 'fees' | 'refunds'
export type JournalKind = 'capture' | 'refund_reserve' | 'refund' | 'refund_release'

/** One line: positive = debit, negative = credit, in minor units of the journal's currency. */
export type JournalLine = { readonly account: AccountKind; readonly amountMinor: bigint }

export type Journal = {
	readonly kind: JournalKind
	readonly sourceType: 'payment' | 'refund'
	readonly sourceId: string
	readonly merchantId: string
	readonly currency: string
	readonly lines: readonly JournalLine[]
}

type Subject = { merchantId: string; sourceId: string; currency: string; amountMinor: bigint }

function journal(
	kind: JournalKind,
	sourceType: Journal['sourceType'],
	subject: Subject,
	lines: JournalLine[],
): Journal {
	const { merchantId, sourceId, currency } = subject
	const kept = lines.filter((line) => line.amountMinor !== 0n)
	if (kept.reduce((sum, line) => sum + line.amountMinor, 0n) !== 0n)
		throw new RangeError(`${kind} does not balance`)
	return { kind, sourceType, sourceId, merchantId, currency, lines: kept }
}

/** The gateway holds the money less its fee; the merchant is owed the whole amount and bears the fee. */
export const captureJournal = (subject: Subject, feeMinor: bigint): Journal =>
	journal('capture', 'payment', subject, [
		{ account: 'gateway_clearing', amountMinor: subject.amountMinor - feeMinor },
		{ account: 'fees', amountMinor: feeMinor },
		{ account: 'merchant_balance', amountMinor: -subject.amountMinor },
	])

/** A refund was asked for: the merchant can no longer spend the amount. */
export const refundReserveJournal = (subject: Subject): Journal =>
	journal('refund_reserve', 'refund', subject, [
		{ account: 'merchant_balance', amountMinor: subject.amountMinor },
		{ account: 'refunds', amountMinor: -subject.amountMinor },
	])

/** The gateway paid the refund out of what it holds. */
export const refundJournal = (subject: Subject): Journal =>
	journal('refund', 'refund', subject, [
		{ account: 'refunds', amountMinor: subject.amountMinor },
		{ account: 'gateway_clearing', amountMinor: -subject.amountMinor },
	])

/** The refund did not happen: the money is the merchant's again. `wasPaid`: it had left the gateway and came back. */
export const refundReleaseJournal = (subject: Subject, wasPaid: boolean): Journal =>
	journal('refund_release', 'refund', subject, [
		{ account: wasPaid ? 'gateway_clearing' : 'refunds', amountMinor: subject.amountMinor },
		{ account: 'merchant_balance', amountMinor: -subject.amountMinor },
	])
