import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { openRequest } from '#app/commands/payments/open-request.server.ts'
import type { Gateway } from '#app/domain/gateways/ports.ts'
import type { ChargeRequest, GatewayOutcome } from '#app/domain/payments/ports.ts'
import type { GatewayCharge } from '#app/domain/reconciliation/ports.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import {
	checkAttempt,
	completeAttempt,
	operateOnPayment,
	processPayment,
	sendRefund,
} from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { advance, caseOf } from '../integration/disputes/cases.ts'
import { violations } from '../integration/ledger/invariants.ts'
import {
	chargedPayment,
	onlyAttempt,
	paymentOf,
	runNow,
	takePayment,
} from '../integration/payments/by-hand.ts'
import { reconcile } from '../integration/reconciliation/plants.ts'
import { expectBalancedBooks } from '../http/ledger-sums.ts'

/** All a gateway brings along: what to pay with, and where its calls for payments and refunds go. */
export type TestTokens = {
	/** As the registry names it. */
	gateway: string
	/** Charged at once with nobody present; can also be held. */
	paid: string
	declined: string
	/** Charged, and some minutes later disputed. */
	disputed: string
	/** Charged only after the payer has acted on the page they are sent to. */
	approved: { method: string; approve(url: string): Promise<void> }
	paths: { charge: string; refund: string }
}

const AMOUNT = 2_000
const LOST_ANSWERS = ['timeout_after', 'reset', 'truncated', 'error_500_kept']
const NOT_DONE = ['timeout_before', 'error_429', 'error_500_not_kept', 'conflict_409']

/** What every gateway must do, through the house: the same scenarios whoever moves the money. */
export function gatewaySuite({ gateway: name, paid, declined, disputed, approved, paths }: TestTokens): void {
	let house: House
	let gateway: Gateway
	beforeAll(async () => {
		house = await openHouse({
			worker: false,
			sandbox: { SANDBOX_CLOCK_FACTOR: '1' },
			settings: { GATEWAY_TIMEOUT_MS: '500' },
		})
		gateway = house.services.gateways.of(name)
	})
	afterAll(() => house.close())

	const pay = (method: string, fields: object = {}) =>
		chargedPayment(house, { payment_method: method, amount: AMOUNT, ...fields })

	/** The gateway's own charges for a payment, in its own books. */
	async function chargesFor(paymentId: string): Promise<GatewayCharge[]> {
		const { id } = await onlyAttempt(house, paymentId)
		const span = { from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 3_600_000) }
		const found: GatewayCharge[] = []
		for await (const charge of gateway.books.charges(span)) {
			if (charge.ourRef === id && charge.kind === 'charge') found.push(charge)
		}
		return found
	}

	const expectOneCharge = async (paymentId: string, amountMinor = BigInt(AMOUNT)) =>
		expect(await chargesFor(paymentId)).toMatchObject([{ status: 'succeeded', amountMinor, currency: 'eur' }])

	/** Waits for the gateway's messages about something, and works off what came in. */
	async function hear(isHeard: () => Promise<boolean>): Promise<void> {
		while (!(await isHeard())) {
			await runNow(house, applyWebhook)
			await wait(20)
		}
	}

	const messages = () =>
		house.services.db
			.selectFrom('webhook_inbox')
			.select(['event_id', 'provider'])
			.where('provider', '=', name)
			.execute()

	const captures = (paymentId: string) =>
		house.services.db
			.selectFrom('ledger_transactions')
			.select('id')
			.where('source_id', '=', paymentId)
			.where('kind', '=', 'capture')
			.execute()

	describe(`${name}: a payment`, () => {
		test('is taken once, through this gateway, and its books say the same as ours', async () => {
			const id = await pay(paid)
			expect(await paymentOf(house, id)).toMatchObject({
				status: 'succeeded',
				gateway: name,
				captured_minor: BigInt(AMOUNT),
			})
			const attempt = await onlyAttempt(house, id)
			expect(attempt).toMatchObject({ provider: name, status: 'succeeded' })
			const [charge] = await chargesFor(id)
			expect(charge).toMatchObject({ ref: attempt.provider_ref, chargeRef: attempt.provider_charge_ref })
			expect(await gateway.books.findCharge(charge?.ref ?? '')).toMatchObject({ amountMinor: BigInt(AMOUNT) })
			expect(await gateway.books.findCharge(charge?.chargeRef ?? '')).toMatchObject({ ref: charge?.ref })
		})

		test('is declined in plain words, and nothing is charged', async () => {
			const id = await pay(declined)
			const payment = await paymentOf(house, id)
			expect(payment.status).toBe('failed')
			expect(payment.error).toMatchObject({
				message: expect.stringContaining('Nothing was charged.') as string,
			})
			expect(await chargesFor(id)).toEqual([])
			expect(await captures(id)).toEqual([])
		})
	})

	describe(`${name}: a payer who must act`, () => {
		const shopper = { 'sec-fetch-site': 'same-origin' }

		async function sentAway(): Promise<{ sessionId: string; paymentId: string; url: string }> {
			const items = [{ productId: PRODUCTS[0].id, quantity: 1 }]
			const { sessionId } = await openCheckoutSession(house.services, { items })
			const body = { confirmation_token: approved.method, email: 'ada@example.com' }
			const headers = { ...shopper, 'idempotency-key': randomUUID() }
			const confirmed = await house.call('POST', `/checkout/${sessionId}/confirm`, body, headers)
			expect(confirmed.status, confirmed.text).toBe(200)
			await runNow(house, processPayment)
			const { id: paymentId } = confirmed.body['payment'] as { id: string }
			expect(await paymentOf(house, paymentId)).toMatchObject({ status: 'requires_action', gateway: name })
			const attempt = await onlyAttempt(house, paymentId)
			const { attempt: attemptId, ref } = { attempt: attempt.id, ref: attempt.provider_ref }
			const found = await gateway.payments.findOutcome({ attemptId, ref, startedAt: attempt.started_at })
			if (found?.kind !== 'action_needed' || found.url === null) throw new Error('sent nowhere')
			return { sessionId, paymentId, url: found.url }
		}

		test('acts, comes back, and is charged once', async () => {
			const { sessionId, paymentId, url } = await sentAway()
			await approved.approve(url)
			await house.call('POST', `/checkout/${sessionId}/refresh`, {}, shopper)
			await runNow(house, completeAttempt)
			await house.call('POST', `/checkout/${sessionId}/refresh`, {}, shopper)
			const { status, captured_minor: taken } = await paymentOf(house, paymentId)
			expect(status).toBe('succeeded')
			expect(await chargesFor(paymentId)).toMatchObject([{ amountMinor: taken }])
			expect(await captures(paymentId)).toHaveLength(1)
		})

		test('acts and never comes back: the gateway’s message is enough', async () => {
			const { paymentId, url } = await sentAway()
			await approved.approve(url)
			await hear(async () => {
				await runNow(house, completeAttempt)
				return (await paymentOf(house, paymentId)).status === 'succeeded'
			})
			expect(await chargesFor(paymentId)).toHaveLength(1)
		})

		test('does not act: nothing is charged', async () => {
			const { sessionId, paymentId } = await sentAway()
			await house.call('POST', `/checkout/${sessionId}/refresh`, {}, shopper)
			await runNow(house, completeAttempt)
			expect(await paymentOf(house, paymentId)).toMatchObject({ status: 'requires_action' })
			expect(await chargesFor(paymentId)).toEqual([])
		})
	})

	describe(`${name}: an answer that got lost`, () => {
		test.each([...LOST_ANSWERS, ...NOT_DONE])('%s: asked about, and charged exactly once', async (fault) => {
			await house.sandbox.spoilNext([fault], paths.charge)
			const id = await pay(paid)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'processing' })
			expect(await onlyAttempt(house, id)).toMatchObject({ status: 'unknown' })
			await runNow(house, checkAttempt)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded' })
			await expectOneCharge(id)
			expect(await captures(id)).toHaveLength(1)
		})
	})

	describe(`${name}: a hold`, () => {
		const held = () => pay(paid, { capture_method: 'manual' })
		const ask = (id: string, what: string, body: object = {}) =>
			house.call('POST', `/api/v1/payments/${id}/${what}`, body)

		test('is taken in part', async () => {
			const id = await held()
			expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_capture' })
			await ask(id, 'capture', { amount_to_capture: 1_500 })
			await runNow(house, operateOnPayment)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: 1_500n })
			await expectOneCharge(id, 1_500n)
		})

		test('is given up', async () => {
			const id = await held()
			await ask(id, 'cancel')
			await runNow(house, operateOnPayment)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'canceled', captured_minor: 0n })
			expect(await chargesFor(id)).toEqual([])
		})
	})

	describe(`${name}: refunds`, () => {
		const refund = (id: string, amount: number) =>
			house.call('POST', `/api/v1/payments/${id}/refund`, { amount, reason: 'requested_by_customer' })
		const refundsOf = (id: string) =>
			house.services.db
				.selectFrom('refunds')
				.select(['id', 'status', 'amount_minor', 'provider', 'provider_ref'])
				.where('payment_id', '=', id)
				.execute()

		test('go back in part, and never more than was taken', async () => {
			const id = await pay(paid)
			await refund(id, 700)
			await runNow(house, sendRefund)
			expect(await refundsOf(id)).toMatchObject([
				{ status: 'succeeded', amount_minor: 700n, provider: name, provider_ref: expect.any(String) },
			])
			const tooMuch = await refund(id, 1_301)
			expect(tooMuch.status, tooMuch.text).toBeGreaterThanOrEqual(400)
			await refund(id, 1_300)
			await runNow(house, sendRefund)
			expect(await paymentOf(house, id)).toMatchObject({ refunded_minor: 2_000n })
		})

		test('beyond what is left are refused by the gateway itself as well', async () => {
			const id = await pay(paid)
			const { provider_ref: paymentRef } = await onlyAttempt(house, id)
			const request = {
				refundId: `re_${randomUUID()}`,
				paymentRef: paymentRef ?? '',
				currency: 'eur',
				reason: null,
			}
			const answer = await gateway.payments.refund({ ...request, amountMinor: 2_001n })
			expect(answer).toMatchObject({ kind: 'failed', ref: null })
			expect(await gateway.payments.findRefundOf(request)).toBeNull()
		})

		test.each(['timeout_after', 'error_500_kept'])('%s: given back exactly once', async (fault) => {
			const id = await pay(paid)
			await house.sandbox.spoilNext([fault], paths.refund)
			await refund(id, 700)
			await runNow(house, sendRefund)
			await runNow(house, sendRefund)
			expect(await refundsOf(id)).toMatchObject([{ status: 'succeeded', amount_minor: 700n }])
			const made = await gatewayRefunds((await refundsOf(id))[0]?.id ?? '')
			expect(made).toMatchObject([{ amountMinor: 700n }])
		})

		async function gatewayRefunds(refundId: string) {
			const span = { from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 3_600_000) }
			const found = []
			for await (const made of gateway.books.refunds(span)) if (made.ourRef === refundId) found.push(made)
			return found
		}
	})

	describe(`${name}: messages`, () => {
		/** Screened and sent to the gateway, and its answer kept from us for now. */
		async function chargedSilently(): Promise<{
			id: string
			answer: GatewayOutcome
			request: ChargeRequest
		}> {
			const id = await takePayment(house, { payment_method: paid, amount: AMOUNT })
			const method = await gateway.payments.describeMethod(paid)
			const { charge } = await house.services.screenLane.push({ paymentId: id, method, jobId: 'test' })
			if (!charge) throw new Error(`${id} may not be charged`)
			expect(charge.gateway).toBe(name)
			const request = await openRequest(house.services, charge.request)
			return { id, request, answer: await gateway.payments.charge(request) }
		}

		test('that come before the answer: charged and booked once', async () => {
			const { id, answer, request } = await chargedSilently()
			await hear(async () => (await paymentOf(house, id)).status === 'succeeded')
			expect(await paymentOf(house, id)).toMatchObject({ cause_kind: 'webhook' })
			const cause = { kind: 'job', ref: 'late' } as const
			await house.services.settleLane.push({
				attemptId: request.attemptId,
				outcome: answer,
				cause,
				job: null,
			})
			expect(await captures(id)).toHaveLength(1)
			await expectOneCharge(id)
		})

		test('that come twice are kept and applied once', async () => {
			const { id } = await chargedSilently()
			await hear(async () => (await paymentOf(house, id)).status === 'succeeded')
			const before = await messages()
			for (const { event_id } of before) {
				const replayed = await fetch(`${house.sandbox.url}/sandbox/events/${event_id}/replay`, {
					method: 'POST',
				})
				expect(replayed.status).toBe(202)
			}
			await delivered(before.map(({ event_id }) => event_id))
			await runNow(house, applyWebhook)
			expect(await messages()).toHaveLength(before.length)
			expect(await captures(id)).toHaveLength(1)
		})

		test('that somebody forged are refused, and nothing of them is kept', async () => {
			const before = await messages()
			await forge(1)
			const { id } = await chargedSilently()
			await forge(0)
			await hear(async () => (await paymentOf(house, id)).status === 'succeeded')
			const answers = async () => {
				const answer = await fetch(`${house.sandbox.url}/sandbox/deliveries`)
				const { deliveries } = (await answer.json()) as {
					deliveries: { fault: string | null; status: number }[]
				}
				return deliveries.flatMap(({ fault, status }) => (fault === 'forge' ? [status] : []))
			}
			while ((await answers()).length === 0) await wait(20)
			expect(new Set(await answers())).toEqual(new Set([400]))
			const fresh = (await messages()).slice(before.length)
			expect(fresh.filter(({ event_id }) => event_id.endsWith('FORGED'))).toEqual([])
		})

		const forge = (rate: number) =>
			fetch(`${house.sandbox.url}/sandbox/faults`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ webhooks: { forge: rate } }),
			})

		/** Waits until each of these has reached the house at least twice. */
		async function delivered(ids: readonly string[]): Promise<void> {
			for (const id of ids) {
				const tries = async () => {
					const answer = await fetch(`${house.sandbox.url}/sandbox/deliveries?event=${id}`)
					return ((await answer.json()) as { deliveries: unknown[] }).deliveries.length
				}
				while ((await tries()) < 2) await wait(20)
			}
		}
	})

	describe(`${name}: a dispute`, () => {
		async function opened() {
			const paymentId = await pay(disputed)
			await advance(house)
			await hear(async () => (await casesOf(paymentId)) > 0)
			return { paymentId, dispute: await caseOf(house, paymentId) }
		}
		const casesOf = async (paymentId: string) =>
			(
				await house.services.db
					.selectFrom('disputes')
					.select('id')
					.where('payment_id', '=', paymentId)
					.execute()
			).length

		test.each([
			['winning_evidence', 'won', 'returned'],
			['losing_evidence', 'lost', 'lost'],
		])('is heard of, holds the money, and ends after %s as %s', async (text, status, funds) => {
			const { paymentId, dispute } = await opened()
			expect(dispute).toMatchObject({
				provider: name,
				stage: 'dispute',
				status: 'needs_response',
				funds: 'held',
				amount_minor: BigInt(AMOUNT),
			})
			const refused = await house.call('POST', `/api/v1/payments/${paymentId}/refund`, { amount: 100 })
			expect(refused.status).toBe(409)
			const evidence = { uncategorized_text: text, customer_name: 'Ada' }
			await house.call('POST', `/api/v1/disputes/${dispute.id}/evidence`, { evidence, submit: true })
			await runNow(house, sendDisputeAnswer)
			expect(await caseOf(house, paymentId)).toMatchObject({ status: 'under_review' })
			await advance(house)
			await hear(async () => (await caseOf(house, paymentId)).status === status)
			expect(await caseOf(house, paymentId)).toMatchObject({ status, funds })
		})

		test('is given up', async () => {
			const { paymentId, dispute } = await opened()
			await house.call('POST', `/api/v1/disputes/${dispute.id}/accept`, {})
			await runNow(house, sendDisputeAnswer)
			expect(await caseOf(house, paymentId)).toMatchObject({ status: 'lost', funds: 'lost' })
		})

		test('is found without a message', async () => {
			const { dispute } = await opened()
			const refs = await gateway.disputes.listRefsSince(new Date(Date.now() - 3_600_000))
			expect(refs).toContain(dispute.provider_ref)
			expect(await gateway.disputes.findDispute('PP-D-none')).toBeNull()
		})
	})

	/** What our ledger says the gateway holds, and what the gateway's own account says. */
	const ledgerOf = async (provider: string) =>
		(
			await sql<{ currency: string; minor: bigint }>`
				select currency, sum(balance_minor)::bigint as minor from ledger_accounts
				where kind = 'gateway_clearing' and gateway = ${provider}
				group by currency order by currency`.execute(house.services.db)
		).rows
	const accountOf = async (provider: string) =>
		(
			await sql<{ currency: string; minor: bigint }>`
				select currency, sum(net_minor)::bigint as minor from gateway_movements
				where provider = ${provider} group by currency order by currency`.execute(house.services.db)
		).rows

	test(`${name}: after all of this, its account is explained to the cent`, async () => {
		await hear(async () => (await runNow(house, applyWebhook)) === 0)
		// The sandbox's clock was put forward for the disputes: its last lines lie hours ahead of ours.
		const clock = { now: () => new Date(Date.now() + 6 * 3_600_000) }
		await reconcile(house, {}, { gateway, clock })
		const open = await house.services.db
			.selectFrom('reconciliation_differences')
			.select(['class', 'kind', 'provider_ref', 'detail'])
			.where('provider', '=', name)
			.where('closed_at', 'is', null)
			.execute()
		expect(open).toEqual([])
		expect(await ledgerOf(name)).toEqual(await accountOf(name))
		await expectBalancedBooks(house)
		expect(await violations(house.services.db)).toEqual([])
	})
}
