export type AccountKind =
	| 'gateway_clearing'
	| 'merchant_balance'
	| 'fees'
	| 'refunds'
	| 'disputed_funds'
	| 'dispute_reserve'
	| 'bank'
	| 'fx_clearing'
	| 'fx_result'
export type JournalKind =
	| 'capture'
	| 'fee'
	| 'refund_reserve'
	| 'refund'
	| 'refund_release'
	| 'dispute_open'
	| 'dispute_won'
	| 'dispute_lost'
	| 'payout'
	| 'conversion'
	| 'conversion_back'
	| 'conversion_undone'

/** One line: positive = debit, negative = credit, in minor units of its currency. */
export type JournalLine = {
	readonly account: AccountKind
	readonly amountMinor: bigint
	readonly currency: string
}

export type Journal = {
	readonly kind: JournalKind
	readonly sourceType: 'payment' | 'refund' | 'dispute' | 'payout'
	readonly sourceId: string
	readonly merchantId: string
	/** Whose clearing account gateway_clearing means. */
	readonly gateway: string
	readonly lines: readonly JournalLine[]
}

/** A journal without its lines of zero. Throws RangeError unless it sums to zero in each of its currencies. */
export function balanced(journal: Journal): Journal {
	const lines = journal.lines.filter((line) => line.amountMinor !== 0n)
	for (const [currency, own] of Map.groupBy(lines, (line) => line.currency)) {
		if (own.reduce((sum, line) => sum + line.amountMinor, 0n) !== 0n)
			throw new RangeError(`${journal.kind} does not balance in ${currency}`)
	}
	return { ...journal, lines }
}

/** For the audit: `eur`, or `jpy/eur` where one becomes the other. */
export const currenciesOf = ({ lines }: Journal): string =>
	[...new Set(lines.map(({ currency }) => currency))].join('/')

type Subject = {
	merchantId: string
	gateway: string
	sourceId: string
	currency: string
	amountMinor: bigint
}

function journal(
	kind: JournalKind,
	sourceType: Journal['sourceType'],
	subject: Subject,
	lines: Omit<JournalLine, 'currency'>[],
): Journal {
	const { merchantId, gateway, sourceId, currency } = subject
	const own = lines.map((line) => ({ ...line, currency }))
	return balanced({ kind, sourceType, sourceId, merchantId, gateway, lines: own })
}

/** The gateway holds the money less its fee; the merchant is owed the whole amount and bears the fee. */
export const captureJournal = (subject: Subject, feeMinor: bigint): Journal =>
	journal('capture', 'payment', subject, [
		{ account: 'gateway_clearing', amountMinor: subject.amountMinor - feeMinor },
		{ account: 'fees', amountMinor: feeMinor },
		{ account: 'merchant_balance', amountMinor: -subject.amountMinor },
	])

/** A fee the gateway took and had not named at the capture. */
export const feeJournal = (subject: Subject): Journal =>
	journal('fee', 'payment', subject, [
		{ account: 'fees', amountMinor: subject.amountMinor },
		{ account: 'gateway_clearing', amountMinor: -subject.amountMinor },
	])

/** The gateway's payout has arrived: what it held is on the bank account. */
export const payoutJournal = (subject: Subject): Journal =>
	journal('payout', 'payout', subject, [
		{ account: 'bank', amountMinor: subject.amountMinor },
		{ account: 'gateway_clearing', amountMinor: -subject.amountMinor },
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

/** The bank took the amount and the gateway its fee: the merchant cannot spend the amount while the case is open. */
export const disputeOpenJournal = (subject: Subject, feeMinor: bigint): Journal =>
	journal('dispute_open', 'dispute', subject, [
		{ account: 'disputed_funds', amountMinor: subject.amountMinor },
		{ account: 'fees', amountMinor: feeMinor },
		{ account: 'gateway_clearing', amountMinor: -(subject.amountMinor + feeMinor) },
		{ account: 'merchant_balance', amountMinor: subject.amountMinor },
		{ account: 'dispute_reserve', amountMinor: -subject.amountMinor },
	])

/**
 * The bank gave the amount back, and the gateway what it gives back of its fee. `wasLost`: the loss had been booked,
 * so nothing is held any more.
 */
export const disputeWonJournal = (subject: Subject, feeReturnedMinor: bigint, wasLost: boolean): Journal =>
	journal('dispute_won', 'dispute', subject, [
		{ account: 'gateway_clearing', amountMinor: subject.amountMinor + feeReturnedMinor },
		{ account: 'fees', amountMinor: -feeReturnedMinor },
		{ account: 'merchant_balance', amountMinor: -subject.amountMinor },
		{ account: 'dispute_reserve', amountMinor: wasLost ? 0n : subject.amountMinor },
		{ account: 'disputed_funds', amountMinor: wasLost ? 0n : -subject.amountMinor },
	])

/** The customer keeps the amount: what was held is gone, and so is the fee. */
export const disputeLostJournal = (subject: Subject): Journal =>
	journal('dispute_lost', 'dispute', subject, [
		{ account: 'dispute_reserve', amountMinor: subject.amountMinor },
		{ account: 'disputed_funds', amountMinor: -subject.amountMinor },
	])
