import type { GatewayView } from '#app/contracts/routing.ts'
import type { Advice, DeclineClass } from '#app/domain/declines/standard-declines.ts'
import type { MethodType } from '#app/domain/methods/method-terms.ts'
import type { RoutingRule } from '#app/domain/routing/rules.ts'
import type { Tone } from '../kit/badge.tsx'
import { formatMoney } from '../kit/money.tsx'

export const METHOD_WORDS: Record<MethodType, string> = {
	card: 'Card',
	apple_pay: 'Apple Pay',
	google_pay: 'Google Pay',
	link: 'Link',
	us_bank_account: 'US bank account',
	sepa_debit: 'SEPA debit',
	paypal: 'PayPal',
}

export const BREAKER_WORDS: Record<GatewayView['breaker'], { label: string; tone: Tone }> = {
	closed: { label: 'Well', tone: 'good' },
	open: { label: 'In trouble, passed over', tone: 'bad' },
	probe: { label: 'In trouble, being tried', tone: 'warn' },
}

export const STATE_WORDS: Record<GatewayView['state'], string> = {
	live: 'Live',
	test: 'Test mode',
	sandbox: 'Sandbox',
	missing_key: 'Not connected',
}

export const CLASS_WORDS: Record<DeclineClass, string> = {
	bank: 'Bank',
	limit: 'Limit',
	technical: 'Technical',
	authentication: 'Confirmation',
	fraud: 'Fraud',
	invalid: 'Wrong details',
}

export const ADVICE_WORDS: Record<Advice, string> = {
	retry_same: 'Try again',
	other_card: 'Another card',
	other_method: 'Another way to pay',
	stop: 'Stop',
}

export type TitleOf = (gateway: string) => string

export const titlesOf =
	(gateways: readonly GatewayView[]): TitleOf =>
	(name) =>
		gateways.find((gateway) => gateway.name === name)?.title ?? name

const oneOf = (values: readonly string[]): string => values.join(' or ')

function amountWords({ amount }: RoutingRule['when']): string[] {
	if (!amount) return []
	const text = (minor: number) => formatMoney(minor, amount.currency)
	if (amount.min !== null && amount.max !== null) return [`${text(amount.min)} to ${text(amount.max)}`]
	if (amount.min !== null) return [`${text(amount.min)} or more`]
	return amount.max === null ? [] : [`up to ${text(amount.max)}`]
}

/** When a rule counts, in one line. */
export function whenWords({ when }: RoutingRule): string {
	const parts = [
		...(when.method_types.length > 0 ? [oneOf(when.method_types.map((type) => METHOD_WORDS[type]))] : []),
		...(when.currencies.length > 0 ? [`in ${oneOf(when.currencies.map((code) => code.toUpperCase()))}`] : []),
		...amountWords(when),
		...(when.payer_countries.length > 0 ? [`payer in ${oneOf(when.payer_countries)}`] : []),
		...(when.card_countries.length > 0 ? [`card from ${oneOf(when.card_countries)}`] : []),
	]
	return parts.length > 0 ? parts.join(', ') : 'Every payment'
}

/** Where a rule sends, in one line. */
export const thenWords = ({ then }: RoutingRule, titleOf: TitleOf): string =>
	then.kind === 'order'
		? then.gateways.map(titleOf).join(', then ')
		: then.shares.map(({ gateway, percent }) => `${percent} % ${titleOf(gateway)}`).join(', ')
