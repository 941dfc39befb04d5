import type { MethodType } from '#app/domain/methods/method-terms.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import type { RoutingRule } from '#app/domain/routing/rules.ts'
import { toDecimalText } from '../kit/money.tsx'
import { parseAmount } from '../kit/parse-amount.ts'
import { checkRules, areIssues, type RuleIssue } from './routing-command.ts'

/** A rule while somebody types it: lists and amounts are text. */
export type RuleForm = {
	id: string
	name: string
	currencies: string
	amountCurrency: string
	min: string
	max: string
	payerCountries: string
	cardCountries: string
	methods: MethodType[]
	kind: 'order' | 'split'
	chosen: { gateway: string; percent: string }[]
}

const listText = (values: readonly string[]): string => values.join(', ')
const listOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

const amountText = (amount: number | null, currency: string): string =>
	amount === null ? '' : toDecimalText(amount, currency)

export function toForm({ id, name, when, then }: RoutingRule): RuleForm {
	const { amount } = when
	return {
		id,
		name,
		currencies: listText(when.currencies.map((currency) => currency.toUpperCase())),
		amountCurrency: amount?.currency.toUpperCase() ?? '',
		min: amount ? amountText(amount.min, amount.currency) : '',
		max: amount ? amountText(amount.max, amount.currency) : '',
		payerCountries: listText(when.payer_countries),
		cardCountries: listText(when.card_countries),
		methods: when.method_types,
		kind: then.kind,
		chosen:
			then.kind === 'order'
				? then.gateways.map((gateway) => ({ gateway, percent: '' }))
				: then.shares.map(({ gateway, percent }) => ({ gateway, percent: String(percent) })),
	}
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Only has to differ from the other ids of one list. */
export function newRuleForm(gateways: readonly string[], taken: readonly string[]): RuleForm {
	let id: string
	do {
		const random = crypto.getRandomValues(new Uint8Array(8))
		id = `rule_${[...random].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`
	} while (taken.includes(id))
	return {
		id,
		name: '',
		currencies: '',
		amountCurrency: '',
		min: '',
		max: '',
		payerCountries: '',
		cardCountries: '',
		methods: [],
		kind: 'order',
		chosen: gateways.map((gateway) => ({ gateway, percent: '' })),
	}
}

type Bound = { minor: number | null; wrong: string | null }

/** An amount as JSON carries it; empty asks for nothing. */
function boundOf(text: string, currency: string): Bound {
	if (text.trim() === '') return { minor: null, wrong: null }
	const parsed = parseAmount(text, currency)
	if (!parsed.ok) return { minor: null, wrong: parsed.message }
	return { minor: Number.parseInt(parsed.minor.toString(), 10), wrong: null }
}

const wholePercent = (text: string): number => (/^\d{1,3}$/.test(text.trim()) ? Number.parseInt(text, 10) : 0)

export const sumOfShares = ({ chosen }: RuleForm): number =>
	chosen.reduce((sum, { percent }) => sum + wholePercent(percent), 0)

function amountOf(form: RuleForm): { amount: RoutingRule['when']['amount']; wrong: string | null } {
	if (form.min.trim() === '' && form.max.trim() === '') return { amount: null, wrong: null }
	const currency = form.amountCurrency.trim().toLowerCase()
	if (!isCurrency(currency)) return { amount: null, wrong: 'Enter the currency of the amount, such as EUR.' }
	const min = boundOf(form.min, currency)
	const max = boundOf(form.max, currency)
	return { amount: { currency, min: min.minor, max: max.minor }, wrong: min.wrong ?? max.wrong }
}

/** The rules the forms mean, or what is wrong with which. */
export function rulesFrom(forms: readonly RuleForm[]): RoutingRule[] | RuleIssue[] {
	const wrong: RuleIssue[] = []
	const rules = forms.map((form, rule) => {
		const { amount, wrong: message } = amountOf(form)
		if (message !== null) wrong.push({ rule, message })
		return {
			id: form.id,
			name: form.name,
			when: {
				currencies: listOf(form.currencies).map((currency) => currency.toLowerCase()),
				amount,
				payer_countries: listOf(form.payerCountries).map((country) => country.toUpperCase()),
				card_countries: listOf(form.cardCountries).map((country) => country.toUpperCase()),
				method_types: form.methods,
			},
			then:
				form.kind === 'order'
					? { kind: 'order', gateways: form.chosen.map(({ gateway }) => gateway) }
					: {
							kind: 'split',
							shares: form.chosen.map(({ gateway, percent }) => ({
								gateway,
								percent: wholePercent(percent),
							})),
						},
		}
	})
	const checked = checkRules(rules)
	if (areIssues(checked)) return [...wrong, ...checked]
	return wrong.length > 0 ? wrong : checked
}
