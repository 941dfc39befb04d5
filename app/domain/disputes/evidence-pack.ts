import { toDecimal } from '../money/money.ts'
import { MOST_PER_FIELD, withChanges, type Evidence } from './evidence.ts'

/** What the house knows of a disputed purchase. Times are Unix ms. */
export type Purchase = {
	merchantName: string
	reference: string
	amountMinor: bigint
	currency: string
	description: string | null
	items: readonly { name: string; quantity: number; amountMinor: bigint }[]
	email: string | null
	ip: string | null
	ipCountry: string | null
	card: { brand: string | null; last4: string | null; country: string | null }
	paidAt: number | null
	refundedMinor: bigint
	timeline: readonly { at: number; title: string; detail: string | null }[]
}

const money = (minor: bigint, currency: string): string =>
	`${toDecimal({ minor, currency })} ${currency.toUpperCase()}`

const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const lines = (texts: readonly (string | null)[]): string => texts.filter((text) => text !== null).join('\n')

const cardName = ({ brand, last4, country }: Purchase['card']): string | null =>
	last4 === null ? null : `${brand ?? 'card'} ending in ${last4}${country ? `, issued in ${country}` : ''}`

function productOf({ items, description, currency }: Purchase): string {
	if (items.length === 0) return description ?? ''
	return items
		.map(({ name, quantity, amountMinor }) => `${quantity} × ${name}, ${money(amountMinor, currency)}`)
		.join('\n')
}

function receiptOf(purchase: Purchase): string {
	const card = cardName(purchase.card)
	return lines([
		`RECEIPT ${purchase.reference}`,
		`Sold by ${purchase.merchantName}`,
		productOf(purchase) || null,
		`Paid: ${money(purchase.amountMinor, purchase.currency)}`,
		card && `Card: ${card}`,
		purchase.paidAt === null ? null : `Collected: ${moment(purchase.paidAt)}`,
		purchase.email && `Receipt sent to: ${purchase.email}`,
		purchase.ip && `Ordered from: ${purchase.ip}${purchase.ipCountry ? ` (${purchase.ipCountry})` : ''}`,
		purchase.refundedMinor > 0n
			? `Already refunded: ${money(purchase.refundedMinor, purchase.currency)}`
			: null,
	])
}

const stepOf = ({ at, title, detail }: Purchase['timeline'][number]): string =>
	`${moment(at)}  ${title}${detail ? `: ${detail}` : ''}`

/** Keeps what is said first: the end of a long story is what a reader can do without. */
const shortened = (text: string): string =>
	text.length <= MOST_PER_FIELD ? text : `${text.slice(0, MOST_PER_FIELD - 2)}\n…`

/** Everything known about a purchase in the fields banks read; what is not known is left out, not guessed. */
export function evidencePack(purchase: Purchase): Evidence {
	const timeline = purchase.timeline.map(stepOf)
	const statement = lines([receiptOf(purchase), '', 'WHAT HAPPENED', ...timeline])
	const filled: Evidence = {
		product_description: productOf(purchase),
		customer_email_address: purchase.email ?? '',
		customer_purchase_ip: purchase.ip ?? '',
		uncategorized_text: statement,
	}
	const short = Object.entries(filled).map(([field, text]) => [field, shortened(text)])
	return withChanges({}, Object.fromEntries(short) as Evidence)
}
