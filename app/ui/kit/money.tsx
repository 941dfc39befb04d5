import { exponentOf } from '#app/domain/money/currency.ts'
import { cn } from './class-names.ts'

/** Server and browser must print the same text, so the locale is ours and not the machine's. */
const LOCALE = 'en-US'

const formats = new Map<string, Intl.NumberFormat>()

function formatFor(currency: string, locale: string): Intl.NumberFormat {
	const key = `${locale} ${currency}`
	const known = formats.get(key)
	if (known) return known
	const digits = exponentOf(currency)
	const format = new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: currency.toUpperCase(),
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	})
	formats.set(key, format)
	return format
}

/** 1999 USD → "19.99", exactly: the digits are moved as text, never divided. */
export function toDecimalText(amount: number | bigint, currency: string): string {
	const digits = exponentOf(currency)
	const text = BigInt(amount).toString()
	const sign = text.startsWith('-') ? '-' : ''
	const absolute = (sign ? text.slice(1) : text).padStart(digits + 1, '0')
	if (digits === 0) return sign + absolute
	return `${sign}${absolute.slice(0, -digits)}.${absolute.slice(-digits)}`
}

export function formatMoney(amount: number | bigint, currency: string, locale: string = LOCALE): string {
	// A decimal string keeps every digit, also beyond 2^53; the type asks for a literal.
	return formatFor(currency, locale).format(toDecimalText(amount, currency) as Intl.StringNumericLiteral)
}

type MoneyProps = {
	amount: number | bigint
	currency: string
	/** Adds the code, for places where the sign alone leaves a doubt. */
	withCode?: boolean
	className?: string
}

export function Money({ amount, currency, withCode = false, className }: MoneyProps) {
	return (
		<span className={cn('whitespace-nowrap tabular-nums', className)}>
			{formatMoney(amount, currency)}
			{withCode && <span className="ml-1 text-[0.8em] font-normal text-muted">{currency.toUpperCase()}</span>}
		</span>
	)
}
