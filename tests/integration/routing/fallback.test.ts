import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expirePayments } from '#app/commands/payments/expire-payments.server.ts'
import type { GatewayOutcome } from '#app/domain/payments/ports.ts'
import { listAttempts } from '#db/queries/attempts.ts'
import { checkAttempt, processPayment } from '#jobs/catalog/payments.ts'
import {
	attentionOn,
	chargedPayment,
	chargesOf,
	paymentOf,
	runNow,
	takePayment,
} from '#tests/integration/payments/by-hand.ts'
import { violations } from '#tests/integration/ledger/invariants.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { liveRules, rule, withSecond } from './second-gateway.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({
		worker: false,
		webhooks: false,
		gateways: withSecond,
		settings: { GATEWAY_TIMEOUT_MS: '4000' },
	})
})
afterAll(async () => {
	expect(await violations(house.owner)).toEqual([])
	await house.close()
})
/** Troubles of the tests before are long past: no breaker is open. */
beforeEach(async () => {
	await house.owner
		.updateTable('payment_attempts')
		.set({ started_at: sql`started_at - interval '1 hour'` })
		.execute()
	await liveRules(house, [])
})

const TROUBLE = 'pm_card_chargeDeclinedProcessingError'
const fields = (method: string, second = 'pm_card_visa') => ({
	payment_method: method,
	fallback_payment_methods: { second },
})
const attemptsOf = (id: string) => listAttempts(house.services.db, id)
const captures = async (id: string) =>
	house.services.db
		.selectFrom('ledger_transactions')
		.select('kind')
		.where('source_id', '=', id)
		.where('kind', '=', 'capture')
		.execute()

describe('a decline that passes', () => {
	test('the next gateway is asked in the same commit, under a key of its own, and the payment is paid', async () => {
		const id = await chargedPayment(house, fields(TROUBLE))
		expect(await paymentOf(house, id)).toMatchObject({ status: 'processing', error: null, gateway: 'second' })
		const [first, next] = await attemptsOf(id)
		expect(first).toMatchObject({
			number: 1,
			provider: 'stripe',
			status: 'declined',
			code: 'processing_error',
			standard_code: 'processing_error',
			route: { rule: null, order: ['stripe', 'second'], health: 'well', after: null },
		})
		expect(next).toMatchObject({
			number: 2,
			provider: 'second',
			status: 'sent',
			request: { attemptId: next?.id, method: 'pm_card_visa' },
			route: {
				order: ['second'],
				after: { attempt: first?.id, gateway: 'stripe', standard_code: 'processing_error' },
			},
		})

		expect(await runNow(house, processPayment)).toBe(1)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'second' })
		expect(await chargesOf(house, id)).toMatchObject([
			{ status: 'failed' },
			{ status: 'succeeded', captured: true },
		])
		expect(await captures(id)).toHaveLength(1)
		const account = await house.services.db
			.selectFrom('ledger_accounts')
			.select('balance_minor')
			.where('gateway', '=', 'second')
			.executeTakeFirstOrThrow()
		expect(account.balance_minor).toBeGreaterThan(0n)
	})

	test('nothing is left when the last gateway declines as well', async () => {
		const id = await chargedPayment(house, fields(TROUBLE, 'pm_card_chargeDeclinedInsufficientFunds'))
		await runNow(house, processPayment)
		expect(await runNow(house, processPayment)).toBe(0)
		expect(await paymentOf(house, id)).toMatchObject({
			status: 'failed',
			error: {
				standard_code: 'insufficient_funds',
				advice: 'other_card',
				message: 'The card does not have enough funds. Nothing was charged. Try another card.',
			},
		})
		expect(await attemptsOf(id)).toHaveLength(2)
	})

	test('a lost job is made again by the janitor, and charges once', async () => {
		const id = await chargedPayment(house, fields(TROUBLE))
		await house.services.boss.deleteQueuedJobs(processPayment.name)
		expect(await runNow(house, processPayment)).toBe(0)
		await house.owner
			.updateTable('payments')
			.set({ next_check_at: new Date(0) })
			.where('id', '=', id)
			.execute()
		await expirePayments(house.services, 'test')
		expect(await runNow(house, processPayment)).toBe(1)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded' })
		expect((await chargesOf(house, id)).filter(({ captured }) => captured)).toHaveLength(1)
	})
})

describe('it ends there', () => {
	test.each([
		['a stolen card', 'pm_card_chargeDeclinedStolenCard', 'stolen_card'],
		['a lost card', 'pm_card_chargeDeclinedLostCard', 'lost_card'],
		['a suspected card', 'pm_card_radarBlock', 'suspected_fraud'],
		['a wrong security code', 'pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc'],
		['no funds', 'pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
	])('%s', async (_, method, standard) => {
		const id = await chargedPayment(house, fields(method))
		expect(await runNow(house, processPayment)).toBe(0)
		const attempts = await attemptsOf(id)
		expect(attempts).toHaveLength(1)
		expect(attempts[0]).toMatchObject({ standard_code: standard })
	})

	test('a payer who has to act is asked, and nobody else', async () => {
		const id = await chargedPayment(house, fields('pm_card_threeDSecure2Required'))
		expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_action' })
		const [attempt] = await attemptsOf(id)
		const outcome: GatewayOutcome = {
			kind: 'declined',
			ref: attempt?.provider_ref ?? null,
			code: 'processing_error',
			declineCode: null,
			message: '',
		}
		await house.services.settleLane.push({
			attemptId: attempt?.id ?? '',
			outcome,
			cause: { kind: 'webhook', ref: null },
			job: null,
		})
		expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_payment_method' })
		expect(await attemptsOf(id)).toHaveLength(1)
	})

	test.each(['error_500_kept', 'reset', 'timeout_before'])(
		'an answer that was lost (%s): the gateway is asked, no other is',
		async (fault) => {
			await house.sandbox.spoilNext([fault], '/v1/payment_intents')
			const id = await chargedPayment(house, fields('pm_card_visa'))
			expect(await runNow(house, processPayment)).toBe(0)
			expect(await attemptsOf(id)).toMatchObject([{ provider: 'stripe', status: 'unknown' }])
			await runNow(house, checkAttempt)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'stripe' })
			expect(await attemptsOf(id)).toHaveLength(1)
		},
	)

	test('nobody else knows the card', async () => {
		const id = await chargedPayment(house, { payment_method: TROUBLE })
		expect(await paymentOf(house, id)).toMatchObject({ status: 'failed' })
		expect(await attemptsOf(id)).toMatchObject([{ route: null }])
	})

	test('a rule that names one gateway keeps the payment there', async () => {
		await liveRules(house, [rule(['stripe'])])
		const id = await chargedPayment(house, fields(TROUBLE))
		expect(await attemptsOf(id)).toMatchObject([
			{ route: { rule: { id: 'rule_test1' }, skipped: [{ gateway: 'second', why: 'not_in_rule' }, {}] } },
		])
	})
})

test('an unknown answer that turns out to be a decline passes only then', async () => {
	await house.sandbox.spoilNext(['reset'], '/v1/payment_intents')
	const id = await chargedPayment(house, fields(TROUBLE))
	expect(await attemptsOf(id)).toMatchObject([{ status: 'unknown' }])
	await runNow(house, checkAttempt)
	expect(await attemptsOf(id)).toMatchObject([{ status: 'declined' }, { provider: 'second', status: 'sent' }])
	await runNow(house, processPayment)
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'second' })
})

describe('the first gateway takes the money after all', () => {
	const captured = (ref: string): GatewayOutcome => ({
		kind: 'captured',
		ref,
		chargeRef: null,
		amountMinor: 1_999n,
		currency: 'eur',
		feeMinor: null,
	})

	async function fellBack() {
		const id = await chargedPayment(house, fields(TROUBLE))
		const [first] = await attemptsOf(id)
		const late = () =>
			house.services.settleLane.push({
				attemptId: first?.id ?? '',
				outcome: captured(first?.provider_ref ?? ''),
				cause: { kind: 'webhook', ref: 'evt_late' },
				job: null,
			})
		return { id, late }
	}

	test('before the second was asked: it is booked, and the second is never asked', async () => {
		const { id, late } = await fellBack()
		await late()
		await runNow(house, processPayment)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'stripe' })
		expect((await chargesOf(house, id)).filter(({ captured }) => captured)).toEqual([])
		expect(await captures(id)).toHaveLength(1)
		expect(await attentionOn(house, id)).toEqual([])
	})

	test('after the second has paid: it is never booked twice, a person is told', async () => {
		const { id, late } = await fellBack()
		await runNow(house, processPayment)
		await late()
		expect(await captures(id)).toHaveLength(1)
		expect(await attentionOn(house, id)).toEqual(['late_money'])
	})

	test('while the second has not answered: its charge is found, and a person is told', async () => {
		const { id, late } = await fellBack()
		await house.sandbox.spoilNext(['error_500_kept'], '/v1/payment_intents')
		await runNow(house, processPayment)
		await late()
		expect(await attentionOn(house, id)).toEqual([])
		await runNow(house, checkAttempt)
		expect(await captures(id)).toHaveLength(1)
		expect(await attentionOn(house, id)).toEqual(['late_money'])
	})

	test('at the same moment, again and again: one capture, and a person is told of any second', async () => {
		for (let round = 0; round < 8; round++) {
			const { id, late } = await fellBack()
			await Promise.all(
				round % 2 ? [late(), runNow(house, processPayment)] : [runNow(house, processPayment), late()],
			)
			// On a busy machine the second answer may come too late to be believed.
			await runNow(house, checkAttempt)
			expect(await captures(id)).toHaveLength(1)
			const second = (await chargesOf(house, id)).filter(({ captured: taken }) => taken).length
			expect(await attentionOn(house, id)).toEqual(second > 0 ? ['late_money'] : [])
		}
	})
})

test('a payment under review is held at the gateway the rules name', async () => {
	await liveRules(house, [rule(['second', 'stripe'])])
	const id = await takePayment(house, { ...fields('pm_card_visa'), amount: 900_000 })
	await runNow(house, processPayment)
	expect(await paymentOf(house, id)).toMatchObject({
		status: 'in_review',
		gateway: 'second',
		payment_method: 'pm_card_visa',
		fallback_methods: { stripe: 'pm_card_visa' },
	})
})
