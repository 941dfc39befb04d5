import { exponentOf, isCurrency } from '../money/currency.ts'

/** One line of a bank statement as read. `bookedOn` is an ISO date; money that came in is positive. */
export type StatementLine = {
	readonly bookedOn: string
	readonly amountMinor: bigint
	readonly currency: string
	readonly text: string
}

export type ReadLine =
	{ readonly ok: true; readonly line: StatementLine } | { readonly ok: false; readonly message: string }

const refuse = (message: string): ReadLine => ({ ok: false, message })

const LONGEST_TEXT = 500
/** bigint in Postgres ends at 19 digits; a longer number is a slip of the keyboard anyway. */
const MOST_DIGITS = 15

/** ISO date of `2026-11-21` or `21.11.2026`; null for anything else, also for the 31st of June. */
export function readDay(text: string): string | null {
	const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
	const european = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
	const [year, month, day] = iso
		? [iso[1], iso[2], iso[3]]
		: european
			? [european[3], european[2], european[1]]
			: []
	if (!year || !month || !day) return null
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
	const at = Date.parse(`${date}T00:00:00Z`)
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : null
}

/** Takes marks between thousands out; null when they do not stand between groups of three. */
function withoutMarks(whole: string, mark: string | null): string | null {
	if (mark === null || !whole.includes(mark)) return /^\d+$/.test(whole) ? whole : null
	const groups = whole.split(mark)
	const sound = groups.every((group, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))
	return sound ? groups.join('') : null
}

type Parts = { whole: string; fraction: string } | { ambiguous: true } | null

/**
 * Tells the decimal mark from the marks between thousands. With both in a number the last one is the decimal mark;
 * one alone before exactly three digits could be either, unless the currency decides.
 */
function partsOf(digits: string, exponent: number): Parts {
	const spaced = digits.replace(/(?<=\d)[\u00a0\u202f ' ](?=\d{3})/g, '_')
	const marks = [...spaced].filter((sign) => sign === '.' || sign === ',')
	const last = marks.at(-1) ?? null
	if (last === null) {
		const whole = withoutMarks(spaced, '_')
		return whole === null ? null : { whole, fraction: '' }
	}
	const other = last === '.' ? ',' : '.'
	const at = spaced.lastIndexOf(last)
	const after = spaced.slice(at + 1)
	const isAlone = marks.length === 1 && !spaced.includes('_')
	if (isAlone && after.length === 3 && exponent !== 0 && !(exponent === 3 && last === '.'))
		return { ambiguous: true }
	const isThousands =
		!marks.includes(other) && (marks.length > 1 || (isAlone && exponent === 0 && after.length === 3))
	if (isThousands) {
		const whole = withoutMarks(spaced, last)
		return whole === null ? null : { whole, fraction: '' }
	}
	if (marks.filter((mark) => mark === last).length > 1) return null
	const before = spaced.slice(0, at)
	const whole = withoutMarks(before, before.includes('_') ? '_' : other)
	return whole === null || !/^\d+$/.test(after) ? null : { whole, fraction: after }
}

/** Decimal text of a bank, with a point or a comma, into minor units; a sentence for a person when it is not exact. */
export function readBankAmount(text: string, currency: string): bigint | string {
	const match = /^([+\-\u2212]?)\s*(\d[\d.,'\u00a0\u202f ]*?)(-?)$/.exec(text)
	const example = exponentOf(currency) === 0 ? '1250' : `12.${'5'.padEnd(exponentOf(currency), '0')}`
	const unreadable = `“${text}” is not an amount. Write it in digits, such as ${example}.`
	if (!match) return unreadable
	const [, sign = '', digits = '', trailing = ''] = match
	if (sign && trailing) return unreadable
	const exponent = exponentOf(currency)
	const parts = partsOf(digits, exponent)
	if (parts === null) return unreadable
	if ('ambiguous' in parts) {
		const decimals = '0'.repeat(exponent)
		return `“${text}” could mean two amounts. Write its decimals, such as ${digits.replace(/[.,]/, '')}.${decimals}.`
	}
	const fraction = parts.fraction.replace(/0+$/, '')
	if (fraction.length > exponent) {
		const has = exponent === 0 ? 'no decimals' : `${exponent} decimals`
		return `“${text}” has more decimals than there are: ${currency.toUpperCase()} has ${has}.`
	}
	const minorText = parts.whole + fraction.padEnd(exponent, '0')
	if (minorText.replace(/^0+/, '').length > MOST_DIGITS) return `“${text}” is too large.`
	const minor = BigInt(minorText)
	return sign === '' || sign === '+' ? (trailing === '-' ? -minor : minor) : -minor
}

/** Reads the four cells of a line; the first thing that is wrong with it, in words, otherwise. */
export function readStatementLine(cells: {
	date: string
	amount: string
	currency: string
	text: string
}): ReadLine {
	const bookedOn = readDay(cells.date.trim())
	if (bookedOn === null) {
		return refuse(`“${cells.date}” is not a date. Write it as 2026-11-21 or 21.11.2026.`)
	}
	const currency = cells.currency.trim().toLowerCase()
	if (!isCurrency(currency))
		return refuse(`“${cells.currency}” is not a currency. Write its code, such as EUR.`)
	const amountMinor = readBankAmount(cells.amount.trim(), currency)
	if (typeof amountMinor === 'string') return refuse(amountMinor)
	if (amountMinor === 0n) return refuse('The amount is zero.')
	const text = cells.text.trim()
	if (text.length > LONGEST_TEXT) return refuse(`The text is longer than ${LONGEST_TEXT} characters.`)
	if (text.includes('\u0000') || !text.isWellFormed())
		return refuse('The text contains characters that cannot be kept.')
	return { ok: true, line: { bookedOn, amountMinor, currency, text } }
}
