import { randomUUID } from 'node:crypto'

/** A request with a place for a text: `{text}` in the path, or one member of the body. */
export type TextField = {
	operation: string
	method: 'POST' | 'PUT' | 'PATCH' | 'GET'
	path: string
	field: string
	/** The body with the text in its place; undefined where the text is in the path. */
	body?: (text: string) => object
	headers?: Record<string, string>
	/** Sent with the token of a log-in instead of a key. */
	byPerson?: boolean
}

const PAYMENT = 'pay_01jd0000000000000000000000'
const CHECKOUT = 'cs_01jd0000000000000000000000'
const GOOD = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa' }
const ORDER = { kind: 'order', gateways: ['stripe'] }
const RULE = { id: 'rule_test', name: 'A rule', when: {}, then: ORDER }

const inBody = (
	operation: string,
	fields: Record<string, (text: string) => object>,
	{ method = 'POST', ...rest }: Partial<Pick<TextField, 'method' | 'headers' | 'byPerson'>> = {},
): TextField[] =>
	Object.entries(fields).map(([field, body]) => ({
		operation,
		method,
		path: operation,
		field,
		body,
		...rest,
	}))

const BROWSER = { 'sec-fetch-site': 'same-origin' }

/** Nobody's, and each tried once: past the fifth try of one nothing would be looked at any more. */
const credentials = () => ({ email: `${randomUUID()}@example.com`, password: 'not the password' })
const BY_PERSON = { method: 'PATCH', byPerson: true } as const

/** Every text a POST, PUT or PATCH of the API and of the checkout reads. */
export const TEXT_FIELDS: readonly TextField[] = [
	...inBody('/api/v1/auth/login', {
		email: (text) => ({ ...credentials(), email: text }),
		password: (text) => ({ ...credentials(), password: text }),
		code: (text) => ({ ...credentials(), code: text }),
	}),
	...inBody('/api/v1/users/me', { name: (text) => ({ name: text }) }, BY_PERSON),
	...inBody(
		'/api/v1/users/me/preferences',
		{ theme: (text) => ({ theme: text }), 'an unknown parameter': (text) => ({ [text]: text }) },
		BY_PERSON,
	),
	...inBody('/api/v1/privacy/find', {
		email: (text) => ({ email: text }),
		payment: (text) => ({ payment: text }),
	}),
	...inBody('/api/v1/privacy/payers/pyr_01jd0000000000000000000000/erase', {
		confirm: (text) => ({ confirm: text, reason: 'Asked.' }),
		reason: (text) => ({ confirm: 'pyr_01jd0000000000000000000000', reason: text }),
	}),
	...inBody('/api/v1/payments', {
		currency: (text) => ({ ...GOOD, currency: text }),
		payment_method: (text) => ({ ...GOOD, payment_method: text }),
		capture_method: (text) => ({ ...GOOD, capture_method: text }),
		description: (text) => ({ ...GOOD, description: text }),
		receipt_email: (text) => ({ ...GOOD, receipt_email: text }),
		client_ip: (text) => ({ ...GOOD, client_ip: text }),
		'metadata.order': (text) => ({ ...GOOD, metadata: { order: text } }),
		'a name in metadata': (text) => ({ ...GOOD, metadata: { [text]: 'x' } }),
		'fallback_payment_methods.paypal': (text) => ({ ...GOOD, fallback_payment_methods: { paypal: text } }),
		'a name in fallback_payment_methods': (text) => ({ ...GOOD, fallback_payment_methods: { [text]: 'x' } }),
		'an unknown parameter': (text) => ({ ...GOOD, [text]: text }),
	}),
	...inBody(`/api/v1/payments/${PAYMENT}/confirm`, { payment_method: (text) => ({ payment_method: text }) }),
	...inBody(`/api/v1/payments/${PAYMENT}/capture`, { amount: (text) => ({ amount_to_capture: text }) }),
	...inBody(`/api/v1/payments/${PAYMENT}/cancel`, { unknown: (text) => ({ [text]: text }) }),
	...inBody(`/api/v1/payments/${PAYMENT}/refund`, { reason: (text) => ({ reason: text }) }),
	...inBody('/api/v1/refunds/bulk', {
		payment: (text) => ({ refunds: [{ payment: text }] }),
		reason: (text) => ({ refunds: [{ payment: PAYMENT, reason: text }] }),
	}),
	...inBody('/api/v1/disputes/dp_01jd0000000000000000000000/evidence', {
		text: (text) => ({ evidence: { customer_name: text } }),
		name: (text) => ({ evidence: { [text]: 'x' } }),
	}),
	...inBody('/api/v1/fx/quotes', {
		from: (text) => ({ amount: 1_000, from: text, to: 'usd' }),
		to: (text) => ({ amount: 1_000, from: 'eur', to: text }),
	}),
	...inBody(
		'/api/v1/routing/rules',
		{
			name: (text) => ({ rules: [{ ...RULE, name: text }] }),
			gateway: (text) => ({ rules: [{ ...RULE, then: { ...ORDER, gateways: [text] } }] }),
			id: (text) => ({ rules: [{ ...RULE, id: text }] }),
			currency: (text) => ({ rules: [{ ...RULE, when: { currencies: [text] } }] }),
			country: (text) => ({ rules: [{ ...RULE, when: { payer_countries: [text] } }] }),
		},
		{ method: 'PUT' },
	),
	...inBody('/api/v1/routing/simulate', { name: (text) => ({ rules: [{ ...RULE, name: text }] }) }),
	...inBody('/api/v1/attention/att_01jd0000000000000000000000/settle', {
		note: (text) => ({ note: text }),
		outcome: (text) => ({ note: 'x', outcome: text }),
	}),
	...inBody(
		`/checkout/${CHECKOUT}/confirm`,
		{
			method: (text) => ({ method: text }),
			confirmation_token: (text) => ({ method: 'card', confirmation_token: text }),
			alternates: (text) => ({ method: 'card', confirmation_token: 'ctoken', alternates: { paypal: text } }),
			quote_id: (text) => ({ method: 'paypal', quote_id: text }),
			email: (text) => ({ method: 'paypal', email: text }),
			name: (text) => ({ method: 'paypal', name: text }),
		},
		{ headers: BROWSER },
	),
	...inBody(
		`/checkout/${CHECKOUT}/quote`,
		{ currency: (text) => ({ currency: text }) },
		{ headers: BROWSER },
	),
	...['/api/v1/payments/{text}', '/api/v1/refunds/{text}', '/api/v1/disputes/{text}', '/api/v1/{text}'].map(
		(path): TextField => ({ operation: path, method: 'GET', path, field: 'the path' }),
	),
	...[
		'/api/v1/payments?status={text}',
		'/api/v1/payments?starting_after={text}',
		'/api/v1/refunds?payment={text}',
		'/api/v1/events?type={text}',
		'/api/v1/disputes?payment={text}',
		'/api/v1/payment-methods?amount=100&currency={text}',
		'/api/v1/fx/rates?{text}={text}',
	].map((path): TextField => ({ operation: path, method: 'GET', path, field: 'the query' })),
]
