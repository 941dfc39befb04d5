import {
	type ApiError,
	CheckoutPaymentIntent,
	Client,
	Environment,
	OrdersController,
	PaymentsController,
	TransactionSearchController,
} from '@paypal/paypal-server-sdk'
import type { SandboxOptions } from '#app/sandbox/options.ts'
import { DEFAULTS } from '#app/sandbox/options.ts'
import { openGateway } from './gateway.ts'

export const RETURN_URL = 'http://shop.test/thanks?order=1'
export const CANCEL_URL = 'http://shop.test/basket'

interface Sent {
	url?: string
	method?: string
	data?: unknown
	headers: { toJSON(): Record<string, string> }
}

/** The SDK knows two fixed addresses only: its transport is pointed at the sandbox instead. */
export function clientFor(url: string, credentials = DEFAULTS) {
	const adapter = async (sent: Sent) => {
		const { pathname, search } = new URL(sent.url ?? '')
		const response = await fetch(`${url}/paypal${pathname}${search}`, {
			method: sent.method?.toUpperCase() ?? 'GET',
			headers: sent.headers.toJSON(),
			...(sent.data !== undefined && sent.data !== null && { body: sent.data as string }),
		})
		return {
			data: await response.text(),
			status: response.status,
			statusText: response.statusText,
			headers: Object.fromEntries(response.headers),
			config: sent,
			request: {},
		}
	}
	return new Client({
		clientCredentialsAuthCredentials: {
			oAuthClientId: credentials.paypalClientId,
			oAuthClientSecret: credentials.paypalSecret,
		},
		environment: Environment.Sandbox,
		// The SDK hands these options to axios as they are.
		unstable_httpClientOptions: { adapter },
	})
}

export async function openPayPal(options: Partial<SandboxOptions> = {}) {
	const gateway = await openGateway(options)
	const { url } = gateway
	const client = clientFor(url)
	return {
		...gateway,
		orders: new OrdersController(client),
		payments: new PaymentsController(client),
		reports: new TransactionSearchController(client),
		api: await rawApi(url),
	}
}

export type PayPal = Awaited<ReturnType<typeof openPayPal>>

/** What the SDK lacks or hides: disputes, headers and the exact status of an answer. */
async function rawApi(url: string) {
	const { paypalClientId, paypalSecret } = DEFAULTS
	const granted = await fetch(`${url}/paypal/v1/oauth2/token`, {
		method: 'POST',
		headers: { Authorization: `Basic ${btoa(`${paypalClientId}:${paypalSecret}`)}` },
		body: new URLSearchParams({ grant_type: 'client_credentials' }),
	})
	const { access_token } = (await granted.json()) as { access_token: string }
	return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
		const response = await fetch(`${url}/paypal${path}`, {
			method,
			headers: { Authorization: `Bearer ${access_token}`, ...headers },
			...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
		})
		return { status: response.status, body: JSON.parse((await response.text()) || '{}') as Answer }
	}
}

export interface Answer {
	[name: string]: unknown
	id?: string
	status?: string
	name?: string
	details?: { issue: string; field?: string }[]
	links?: { rel: string; href: string }[]
}

interface Wanted {
	value?: string
	currency?: string
	intent?: CheckoutPaymentIntent
	custom?: string
	invoice?: string
}

export const unit = ({ currency = 'EUR', custom, invoice, value = '50.00' }: Wanted = {}) => ({
	amount: { currencyCode: currency, value },
	description: 'A pair of shoes',
	...(custom !== undefined && { customId: custom }),
	...(invoice !== undefined && { invoiceId: invoice }),
})

let asked = 0
export const requestId = () => `request-${++asked}`

export const orderRequest = (wanted: Wanted = {}, paypalRequestId = requestId()) => ({
	paypalRequestId,
	prefer: 'return=representation',
	body: {
		intent: wanted.intent ?? CheckoutPaymentIntent.Capture,
		purchaseUnits: [unit(wanted)],
		paymentSource: {
			paypal: {
				experienceContext: { returnUrl: RETURN_URL, cancelUrl: CANCEL_URL, brandName: 'Shoes & Co' },
			},
		},
	},
})

export const created = async ({ orders }: PayPal, wanted?: Wanted, paypalRequestId?: string) =>
	(await orders.createOrder(orderRequest(wanted, paypalRequestId))).result

export const linkOf = (links: { rel: string; href: string }[] | undefined, rel: string): string => {
	const found = links?.find((link) => link.rel === rel)?.href
	if (found === undefined) throw new Error(`No link "${rel}"`)
	return found
}

/** Presses a button of the page the payer is sent to. */
export const press = (page: string, outcome: 'pay' | 'cancel', course = 'succeeds') =>
	fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome, course }) })

export async function approved(paypal: PayPal, wanted: Wanted = {}, course?: string): Promise<string> {
	const order = await created(paypal, wanted)
	await press(linkOf(order.links, 'payer-action'), 'pay', course)
	return String(order.id)
}

/** An approved order, its money taken: the capture. */
export async function captured(paypal: PayPal, wanted: Wanted = {}, course?: string) {
	const id = await approved(paypal, wanted, course)
	const { result } = await paypal.orders.captureOrder({ id, paypalRequestId: requestId() })
	const [capture] = result.purchaseUnits?.[0]?.payments?.captures ?? []
	if (!capture?.id) throw new Error('Nothing was captured')
	return { order: id, ...capture, id: capture.id }
}

interface Refusal {
	status: number
	issue: string | undefined
	result: Answer
}

export async function refusal(promise: Promise<unknown>): Promise<Refusal> {
	const outcome: unknown = await promise.then(
		() => undefined,
		(error: unknown) => error,
	)
	const { body, statusCode } = (outcome ?? {}) as Partial<ApiError>
	if (statusCode === undefined) throw new Error('Expected PayPal to refuse', { cause: outcome })
	// The SDK reads only the errors it has a class for: a 500 keeps its words in the body.
	const result = JSON.parse(String(body)) as Answer
	return { status: statusCode, issue: result.details?.[0]?.issue, result }
}
