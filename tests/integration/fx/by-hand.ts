import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { readRate } from '#app/domain/fx/rate.ts'
import { rateTable } from '#app/domain/fx/rate-table.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { insertRates } from '#db/queries/fx-rates.ts'
import type { Answer, House } from '#tests/support/house.ts'
import { runNow } from '../payments/by-hand.ts'

export async function order(house: House, quantity = 1): Promise<string> {
	const productId = PRODUCTS[0].id
	const { sessionId } = await openCheckoutSession(house.services, { items: [{ productId, quantity }] })
	return sessionId
}

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }

export const askQuote = (house: House, sessionId: string, body: object): Promise<Answer> =>
	house.call('POST', `/checkout/${sessionId}/quote`, body, SAME_ORIGIN)

export type Quoted = {
	id: string
	settlement: { amount: number; currency: string }
	presentment: { amount: number; currency: string }
	rate: string
	expires_at: number
}

export async function takeQuote(house: House, sessionId: string, currency: string): Promise<Quoted> {
	const { status, body, text } = await askQuote(house, sessionId, { currency })
	expect(status, text).toBe(200)
	return body['quote'] as Quoted
}

export const confirm = (house: House, sessionId: string, body: object): Promise<Answer> =>
	house.call('POST', `/checkout/${sessionId}/confirm`, body, {
		...SAME_ORIGIN,
		'idempotency-key': randomUUID(),
	})

/** An order paid in another currency: charged, captured and converted. */
export async function quotedPayment(house: House, currency: string, card = 'pm_card_visa') {
	const sessionId = await order(house)
	const quote = await takeQuote(house, sessionId, currency)
	const answer = await confirm(house, sessionId, { confirmation_token: card, quote_id: quote.id })
	expect(answer.status, answer.text).toBe(200)
	await runNow(house, processPayment)
	const { id } = answer.body['payment'] as { id: string }
	return { paymentId: id, sessionId, quote }
}

/** Rates of a day, as if they had been read from the ECB. */
export async function publish(house: House, asOf: string, rates: Record<string, string>): Promise<void> {
	const read = Object.entries(rates).map(([code, text]) => [code, readRate(text) ?? 0n] as const)
	await insertRates(house.services.db, rateTable({ asOf, source: 'ecb', fetchedAt: new Date(), rates: read }))
	house.services.rates.forget()
}

/** `account currency` by `account currency`; accounts at zero are left out. */
export async function booksOf(house: House): Promise<Record<string, bigint>> {
	const { rows } = await sql<{ name: string; balance: bigint }>`
		select kind || ' ' || currency as name, sum(balance_minor)::bigint as balance from ledger_accounts
		group by 1 having sum(balance_minor) <> 0 order by 1`.execute(house.services.db)
	return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]))
}

/** What moved since `before`; accounts that did not are left out. */
export async function movedSince(house: House, before: Record<string, bigint>) {
	const after = await booksOf(house)
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
	const changes = names.map((name) => [name, (after[name] ?? 0n) - (before[name] ?? 0n)] as const)
	return Object.fromEntries(changes.filter(([, change]) => change !== 0n))
}
