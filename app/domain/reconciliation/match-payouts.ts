/** A line of a bank statement that shows no payout yet. Days are ISO dates. */
export type OpenBankLine = {
	readonly id: string
	readonly merchantId: string
	readonly bookedOn: string
	readonly amountMinor: bigint
	readonly currency: string
	readonly text: string
}

export type OpenPayout = {
	readonly id: string
	readonly merchantId: string
	readonly ref: string
	readonly amountMinor: bigint
	readonly currency: string
	readonly arrivesOn: string
	readonly statementText: string | null
}

export type PayoutMatch = { readonly lineId: string; readonly payoutId: string }

const DAY_MS = 86_400_000
/** Banks book a payout up to this many days before or after the day the gateway names. */
const EARLY_DAYS = 2
const LATE_DAYS = 5

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Whether the bank's text names the payout: its id, or words of its own that are long enough to mean something. */
function isNamed(line: OpenBankLine, payout: OpenPayout): boolean {
	const text = plain(line.text)
	const words = plain(payout.statementText ?? '')
	return text.includes(plain(payout.ref)) || (words.length >= 4 && text.includes(words))
}

function fits(line: OpenBankLine, payout: OpenPayout): boolean {
	if (line.merchantId !== payout.merchantId || line.currency !== payout.currency) return false
	if (line.amountMinor !== payout.amountMinor) return false
	const late = daysBetween(payout.arrivesOn, line.bookedOn)
	return late >= -EARLY_DAYS && late <= LATE_DAYS
}

/**
 * Pairs lines with payouts of exactly their amount and currency, booked around the day of arrival. Where several fit,
 * the one the text names is taken; without a name only a pair that fits nothing else. A doubt stays unmatched.
 */
export function matchPayouts(lines: readonly OpenBankLine[], payouts: readonly OpenPayout[]): PayoutMatch[] {
	const taken = new Set<string>()
	const matches: PayoutMatch[] = []
	const take = (lineId: string, payoutId: string) => {
		taken.add(lineId).add(payoutId)
		matches.push({ lineId, payoutId })
	}
	const byAmount = Map.groupBy(payouts, ({ amountMinor, currency }) => `${amountMinor} ${currency}`)
	const fitting = (line: OpenBankLine) =>
		(byAmount.get(`${line.amountMinor} ${line.currency}`) ?? []).filter((payout) => fits(line, payout))
	for (const line of lines) {
		const [named, ...more] = fitting(line).filter((payout) => !taken.has(payout.id) && isNamed(line, payout))
		if (named && more.length === 0) take(line.id, named.id)
	}
	const left = lines.filter((line) => !taken.has(line.id))
	for (const line of left) {
		const [only, ...more] = fitting(line).filter((payout) => !taken.has(payout.id))
		if (!only || more.length > 0) continue
		const rivals = left.filter((other) => other.id !== line.id && !taken.has(other.id) && fits(other, only))
		if (rivals.length === 0) take(line.id, only.id)
	}
	return matches
}
