import { randomInt, randomUUID } from 'node:crypto'
import { onTestFinished, vi } from 'vitest'
import { product } from './visitor.ts'

type Charge = {
	id: string
	status: string
	captured: boolean
	amount: number
	currency: string
	metadata: Record<string, string>
}
type Payment = { id: string; status: string; reference: string; amount: number; currency: string }

/** What the gateway itself has charged for a payment: our own books are not asked. */
export async function chargesOf(paymentId: string): Promise<Charge[]> {
	const books = (await (await fetch(`${product.sandboxUrl}/sandbox/books`)).json()) as { charges: Charge[] }
	return books.charges.filter((charge) => charge.metadata['payment_id'] === paymentId)
}

export const paidCharges = async (paymentId: string) =>
	(await chargesOf(paymentId)).filter(({ status, captured }) => status === 'succeeded' && captured)

export async function callApi(method: string, path: string, body?: unknown): Promise<Response> {
	return fetch(product.baseUrl + path, {
		method,
		headers: {
			authorization: `Bearer ${product.secretKey}`,
			'content-type': 'application/json',
			'idempotency-key': randomUUID(),
			prefer: 'wait=10',
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	})
}

export async function makePayment(body: Record<string, unknown>): Promise<Payment> {
	const response = await callApi('POST', '/api/v1/payments', body)
	if (!response.ok) throw new Error(`no payment was made: ${await response.text()}`)
	return (await response.json()) as Payment
}

/** The payment as the API shows it. */
export const rowOf = async (id: string): Promise<Record<string, unknown>> =>
	(await (await callApi('GET', `/api/v1/payments/${id}`)).json()) as Record<string, unknown>

/** What the gateway has promised for a payment's charge comes sooner; its clock is everybody's, and stays. */
export async function bringForward(paymentId: string, seconds: number): Promise<void> {
	const [charge] = await chargesOf(paymentId)
	const answer = await fetch(`${product.sandboxUrl}/sandbox/advance`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ seconds, of: charge?.id }),
	})
	if (!answer.ok) throw new Error(`nothing was brought forward: ${await answer.text()}`)
}

/** A payment that has been collected. */
export async function makePaid(
	amount: number,
	currency: string,
	description: string,
	card = 'pm_card_visa',
): Promise<Payment> {
	const payment = await makePayment({
		amount,
		currency,
		description,
		confirm: true,
		payment_method: card,
	})
	if (payment.status !== 'succeeded') throw new Error(`the payment is ${payment.status}`)
	return payment
}

/** The case the bank opens about this payment, once we have heard of it and its money. */
export async function disputeOf(paymentId: string): Promise<{ id: string }> {
	return vi.waitFor(
		async () => {
			const response = await callApi('GET', `/api/v1/disputes?payment=${paymentId}`)
			const { data } = (await response.json()) as { data: { id: string; stage: string; funds: string }[] }
			const found = data.find(({ stage, funds }) => stage === 'inquiry' || funds === 'held')
			if (!found) throw new Error(`no dispute of ${paymentId} yet`)
			return found
		},
		{ timeout: 15_000, interval: 100 },
	)
}

export async function findPayment(reference: string): Promise<Payment> {
	const response = await callApi('GET', '/api/v1/payments?limit=100')
	const { data } = (await response.json()) as { data: Payment[] }
	const found = data.find((payment) => payment.reference === reference)
	if (!found) throw new Error(`no payment ${reference}`)
	return found
}

/** Makes the gateway take so long for each payment, its webhooks too, until the test ends. */
export async function slowDown(milliseconds: number): Promise<void> {
	const faults = `${product.sandboxUrl}/sandbox/faults`
	onTestFinished(async () => void (await fetch(faults, { method: 'DELETE' })))
	const plan = {
		rates: { slow: 1 },
		slow_ms: milliseconds,
		webhooks: { delay_ms: milliseconds },
		path: '/v1/payment_intents',
	}
	const answer = await fetch(faults, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(plan),
	})
	if (!answer.ok) throw new Error(`the sandbox refused the fault plan: ${await answer.text()}`)
}

/** A Visa nobody has used yet: screening counts how often a card comes back. */
export function newCard(): string {
	const start = `424242${String(randomInt(1_000_000_000)).padStart(9, '0')}`
	const last = [...'0123456789'].find((digit) => passesLuhn(start + digit))
	return start + last
}

export const newEmail = (): string => `shopper-${randomUUID().slice(0, 8)}@example.com`

function passesLuhn(number: string): boolean {
	const sum = [...number].reverse().reduce((total, digit, place) => {
		const value = place % 2 === 1 ? Number(digit) * 2 : Number(digit)
		return total + (value > 9 ? value - 9 : value)
	}, 0)
	return sum % 10 === 0
}
