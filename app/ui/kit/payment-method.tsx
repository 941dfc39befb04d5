import { CreditCard, Landmark, Wallet, type LucideIcon } from 'lucide-react'
import { cn } from './class-names.ts'
import { cardBrand } from './card-brand.ts'

type Method = { type: string; brand: string | null; last4: string | null }

const NAMES: Readonly<Record<string, string>> = {
	apple_pay: 'Apple Pay',
	google_pay: 'Google Pay',
	link: 'Link',
	paypal: 'PayPal',
	us_bank_account: 'Bank account',
	sepa_debit: 'SEPA debit',
}

const ICONS: Readonly<Record<string, LucideIcon>> = {
	card: CreditCard,
	us_bank_account: Landmark,
	sepa_debit: Landmark,
}

/** "Visa •••• 4242", "Apple Pay · Visa •••• 4242", "SEPA debit •••• 3201", "PayPal"; null while nothing is known. */
export function methodName(method: Method | null): string | null {
	if (!method) return null
	const { type, brand, last4 } = method
	const name = NAMES[type]
	const digits = last4 && `•••• ${last4}`
	if (!name) return digits && `${brand ? cardBrand(brand) : 'Card'} ${digits}`
	if (type === 'us_bank_account' || type === 'sepa_debit')
		return [brand ?? name, digits].filter(Boolean).join(' ')
	return digits ? `${name} · ${brand ? cardBrand(brand) : 'Card'} ${digits}` : name
}

/** For screen readers and prose: the dots are not read out. */
export const methodWords = (method: Method | null): string | null =>
	methodName(method)?.replace('•••• ', 'ending in ') ?? null

type PaymentMethodProps = { method: Method | null; className?: string }

/** What a payment is paid with: an icon of its kind and its name. */
export function PaymentMethod({ method, className }: PaymentMethodProps) {
	const name = methodName(method)
	if (!method || !name) return <span className={cn('text-faint', className)}>–</span>
	const Icon = ICONS[method.type] ?? Wallet
	return (
		<span className={cn('inline-flex min-w-0 max-w-full items-center gap-1.5 align-bottom', className)}>
			<Icon aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
			<span aria-hidden="true" className="truncate">
				{name}
			</span>
			<span className="sr-only">{methodWords(method)}</span>
		</span>
	)
}
