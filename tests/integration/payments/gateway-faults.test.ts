import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyJob } from '#jobs/catalog/define.ts'
import { checkAttempt, operateOnPayment, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { startTcpProxy, type TcpProxy } from '#tests/support/tcp-proxy.ts'
import { violations } from '../ledger/invariants.ts'
import { deliver, messageAbout } from '../webhooks/messages.ts'
import {
	attentionOn,
	chargedPayment,
	chargesOf,
	onlyAttempt,
	paymentOf,
	runNow,
	takePayment,
} from './by-hand.ts'

let house: House
beforeAll(async () => {
	const settings = { GATEWAY_TIMEOUT_MS: '1000' }
	house = await openHouse({ worker: false, webhooks: false, settings })
})
afterAll(() => house.close())

const plan = (body: object) =>
	fetch(`${house.sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })

const isOpen = async (id: string): Promise<boolean> => {
	const { status, requested_operation, refund_reserved_minor, refunded_minor } = await paymentOf(house, id)
	const isMoving = status === 'screening' || status === 'processing' || requested_operation !== null
	return isMoving || refund_reserved_minor !== refunded_minor
}

/** Runs what waits, due or not; a job whose call was spoilt is tried again. */
async function untilDone(id: string): Promise<void> {
	for (let round = 0; round < 12 && (await isOpen(id)); round++) {
		for (const job of [processPayment, operateOnPayment, sendRefund, checkAttempt] satisfies AnyJob[]) {
			await runNow(house, job).catch(() => undefined)
		}
	}
	expect(await isOpen(id)).toBe(false)
}

const ask = async (id: string, operation: string, body: object = {}): Promise<string> => {
	const answer = await house.call('POST', `/api/v1/payments/${id}/${operation}`, body)
	expect(answer.status, answer.text).toBeLessThan(300)
	return id
}

/** Each call to the gateway that moves money, and what must be true once it is through. */
const CALLS = {
	charge: {
		start: () => takePayment(house),
		end: { status: 'succeeded', captured_minor: 1_999n },
		charge: { captured: true, amount_captured: 1_999, amount_refunded: 0 },
	},
	capture: {
		start: async () =>
			ask(await chargedPayment(house, { capture_method: 'manual' }), 'capture', { amount_to_capture: 900 }),
		end: { status: 'succeeded', captured_minor: 900n },
		charge: { captured: true, amount_captured: 900, amount_refunded: 0 },
	},
	cancel: {
		start: async () => ask(await chargedPayment(house, { capture_method: 'manual' }), 'cancel'),
		end: { status: 'canceled', captured_minor: 0n },
		charge: { captured: false, amount_captured: 0 },
	},
	refund: {
		start: async () => ask(await chargedPayment(house), 'refund', { amount: 700 }),
		end: { status: 'succeeded', captured_minor: 1_999n, refunded_minor: 700n },
		charge: { captured: true, amount_captured: 1_999, amount_refunded: 700 },
	},
} as const

const FAULTS = [
	['G1', 'timeout_after'],
	['G3', 'timeout_before'],
	['G3', 'error_500_not_kept'],
	['G4', 'error_429'],
	['G5', 'conflict_409'],
	['G6', 'reset'],
	['G7', 'slow'],
	['G8', 'malformed'],
	['G8', 'truncated'],
] as const

const CASES = FAULTS.flatMap(([id, fault]) =>
	(Object.keys(CALLS) as (keyof typeof CALLS)[]).map((call) => [id, fault, call] as const),
)

test.each(CASES)(
	'%s: after %s of a %s the money moved once, and both books agree',
	async (_id, fault, call) => {
		const { start, end, charge } = CALLS[call]
		const id = await start()
		await plan({ next: [fault], slow_ms: 1_500 })
		await untilDone(id)
		expect(await paymentOf(house, id)).toMatchObject(end)
		expect(await chargesOf(house, id)).toMatchObject([charge])
		expect(await attentionOn(house, id)).toEqual([])
	},
)

describe('G9: an answer about other money than was asked for', () => {
	test.each([
		['wrong_amount', 'automatic'],
		['wrong_amount', 'manual'],
		['wrong_currency', 'automatic'],
		['wrong_currency', 'manual'],
	])('%s of an %s capture is held, whatever else is heard of it', async (fault, capture_method) => {
		await house.sandbox.spoilNext([fault], '/v1/payment_intents')
		const id = await chargedPayment(house, { capture_method })
		const attempt = await onlyAttempt(house, id)
		const expectHeld = async () => {
			expect(await paymentOf(house, id)).toMatchObject({ status: 'processing', captured_minor: 0n })
			expect(await attentionOn(house, id)).toEqual(['gateway_mismatch'])
			const postings = await house.services.db
				.selectFrom('ledger_transactions')
				.select('id')
				.where('source_id', '=', id)
				.execute()
			expect(postings).toEqual([])
		}
		await expectHeld()
		for (const type of ['payment_intent.succeeded', 'charge.succeeded']) {
			const message = messageAbout(type, String(attempt.provider_ref), attempt.id)
			await deliver(house, message)
			await runNow(house, applyWebhook)
			await expectHeld()
		}
		await house.call('GET', `/api/v1/payments/${id}`)
		await runNow(house, checkAttempt)
		await expectHeld()
		for (const operation of ['capture', 'cancel', 'refund']) {
			const answer = await house.call('POST', `/api/v1/payments/${id}/${operation}`, {})
			expect(answer).toMatchObject({ status: 409 })
		}
	})
})

describe('G10: nobody answers at the gateway', () => {
	let wire: TcpProxy
	let away: House
	beforeAll(async () => {
		const url = new URL(house.sandbox.url)
		wire = await startTcpProxy({ host: url.hostname, port: Number(url.port) })
		const settings = { SANDBOX_URL: `http://127.0.0.1:${wire.port}`, GATEWAY_TIMEOUT_MS: '1000' }
		away = await openHouse({ beside: house, worker: false, settings })
	})
	afterAll(async () => {
		await away.close()
		await wire.close()
	})

	test('payments are taken all the same, none is failed on a guess, and each is charged once later', async () => {
		const held = await chargedPayment(away, { capture_method: 'manual' })
		const paid = await chargedPayment(away)
		await wire.goAway()
		const ids = await Promise.all(Array.from({ length: 10 }, () => takePayment(away)))
		await ask(held, 'capture')
		await ask(paid, 'refund')
		for (let tries = 0; tries < 4; tries++) {
			for (const job of [processPayment, operateOnPayment, sendRefund, checkAttempt]) {
				await runNow(away, job).catch(() => undefined)
			}
		}
		for (const id of ids) expect((await paymentOf(away, id)).status).toMatch(/^(screening|processing)$/)
		expect(await paymentOf(away, held)).toMatchObject({ status: 'requires_capture' })
		expect(await paymentOf(away, paid)).toMatchObject({ refund_reserved_minor: 1_999n, refunded_minor: 0n })
		await wire.comeBack()
		for (const id of [...ids, held, paid]) await untilDone(id)
		for (const id of ids) {
			expect(await paymentOf(away, id)).toMatchObject({ status: 'succeeded' })
			expect(await chargesOf(away, id)).toHaveLength(1)
		}
		expect(await paymentOf(away, held)).toMatchObject({ status: 'succeeded', captured_minor: 1_999n })
		expect(await paymentOf(away, paid)).toMatchObject({ refunded_minor: 1_999n })
	})
})

test('afterwards no promise is broken', async () => {
	expect(await violations(house.services.db)).toEqual([])
})
