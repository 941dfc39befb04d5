import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expirePayments } from '#app/commands/payments/expire-payments.server.ts'
import { ACTION_CHECK_DELAYS_SECONDS } from '#app/domain/payments/check-schedule.ts'
import { checkAttempt, processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
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
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const spoil = (...kinds: string[]) => house.sandbox.spoilNext(kinds, '/v1/payment_intents')

async function expectOneSuccess(id: string) {
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: 1_999n })
	expect(await onlyAttempt(house, id)).toMatchObject({ status: 'succeeded', next_check_at: null })
	expect(await chargesOf(house, id)).toMatchObject([{ amount: 1_999, captured: true }])
	const postings = await house.services.db
		.selectFrom('ledger_transactions')
		.select('kind')
		.where('source_id', '=', id)
		.execute()
	expect(postings).toEqual([{ kind: 'capture' }])
	expect(await attentionOn(house, id)).toEqual([])
}

describe('the gateway charged, and its answer was lost', () => {
	test.each(['error_500_kept', 'reset', 'malformed', 'truncated'])(
		'%s: nothing is believed until the gateway is asked, then the one charge is found',
		async (fault) => {
			await spoil(fault)
			const id = await chargedPayment(house)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'processing', captured_minor: 0n })
			const attempt = await onlyAttempt(house, id)
			expect(attempt).toMatchObject({ status: 'unknown', provider_ref: null, checks: 1 })
			expect(attempt.next_check_at).toBeInstanceOf(Date)
			expect(await chargesOf(house, id)).toHaveLength(1)

			expect(await runNow(house, checkAttempt)).toBe(1)
			await expectOneSuccess(id)
		},
	)

	test('the cause of the success is the janitor that asked', async () => {
		await spoil('reset')
		const id = await chargedPayment(house)
		await runNow(house, checkAttempt)
		expect(await paymentOf(house, id)).toMatchObject({ cause_kind: 'janitor' })
	})
})

describe('the gateway never charged', () => {
	test.each(['error_500_not_kept', 'error_429', 'conflict_409'])(
		'%s: the same call is repeated under the same key',
		async (fault) => {
			await spoil(fault)
			const id = await chargedPayment(house)
			expect(await onlyAttempt(house, id)).toMatchObject({ status: 'unknown' })
			expect(await chargesOf(house, id)).toEqual([])
			await runNow(house, checkAttempt)
			await expectOneSuccess(id)
		},
	)

	test('a repeat whose answer is lost as well still charges once', async () => {
		await spoil('error_500_not_kept', 'reset')
		const id = await chargedPayment(house)
		await runNow(house, checkAttempt)
		expect(await onlyAttempt(house, id)).toMatchObject({ status: 'unknown', checks: 2 })
		await runNow(house, checkAttempt)
		await expectOneSuccess(id)
	})
})

test('a declined card is declined, however its answer was lost', async () => {
	await spoil('reset')
	const id = await chargedPayment(house, { payment_method: 'pm_card_chargeDeclinedInsufficientFunds' })
	expect(await paymentOf(house, id)).toMatchObject({ status: 'processing' })
	await runNow(house, checkAttempt)
	expect(await paymentOf(house, id)).toMatchObject({
		status: 'failed',
		error: { decline_code: 'insufficient_funds' },
	})
})

test('a charge job that runs again after a lost answer does not charge again', async () => {
	await spoil('reset')
	const id = await chargedPayment(house)
	await house.services.db
		.transaction()
		.execute((tx) => house.services.enqueue(tx, processPayment, [{ paymentId: id as `pay_${string}` }]))
	expect(await runNow(house, processPayment)).toBe(1)
	expect(await chargesOf(house, id)).toHaveLength(1)
	await runNow(house, checkAttempt)
	await expectOneSuccess(id)
})

describe('what only a person can settle', () => {
	test.each(['wrong_amount', 'wrong_currency'])(
		'%s posts nothing and is put before a person',
		async (fault) => {
			await spoil(fault)
			const id = await chargedPayment(house)
			expect(await paymentOf(house, id)).toMatchObject({ status: 'processing', captured_minor: 0n })
			expect(await attentionOn(house, id)).toEqual(['gateway_mismatch'])
			const attempt = await onlyAttempt(house, id)
			expect(attempt).toMatchObject({ status: 'unknown', next_check_at: null })
			expect(attempt.provider_ref).toMatch(/^pi_/)
			expect(await runNow(house, checkAttempt)).toBe(0)
			const postings = await house.services.db
				.selectFrom('ledger_transactions')
				.selectAll()
				.where('source_id', '=', id)
				.execute()
			expect(postings).toEqual([])
		},
	)

	test('a gateway that never answers is asked eight times, then a person is', async () => {
		await spoil(...Array.from({ length: 9 }, () => 'error_500_not_kept'))
		const id = await takePayment(house)
		await runNow(house, processPayment)
		for (let question = 1; question <= 8; question++) {
			expect(await attentionOn(house, id)).toEqual([])
			expect(await runNow(house, checkAttempt), `question ${question}`).toBe(1)
		}
		expect(await runNow(house, checkAttempt)).toBe(0)
		expect(await attentionOn(house, id)).toEqual(['outcome_unknown'])
		expect(await paymentOf(house, id)).toMatchObject({ status: 'processing' })
		expect(await onlyAttempt(house, id)).toMatchObject({ status: 'unknown', checks: 9, next_check_at: null })
	})
})

// Last: its next question stays in the queue.
test('after the gateway has forgotten the key a call is never repeated', async () => {
	await spoil('error_500_not_kept')
	const id = await chargedPayment(house)
	const { id: attemptId } = await onlyAttempt(house, id)
	await house.services.db
		.updateTable('payment_attempts')
		.set({ started_at: new Date(Date.now() - 21 * 3_600_000) })
		.where('id', '=', attemptId)
		.execute()
	await runNow(house, checkAttempt)
	expect(await onlyAttempt(house, id)).toMatchObject({ status: 'unknown', checks: 2 })
	expect(await chargesOf(house, id)).toEqual([])
})

const faultOnReads = (next: string[]) =>
	fetch(`${house.sandbox.url}/sandbox/faults`, {
		method: 'POST',
		body: JSON.stringify({ next, path: '/v1/payment_intents', methods: ['GET'] }),
	})

/** What other tests left to ask about would take the faults meant for these. */
const forgetOtherChecks = () => house.services.boss.deleteQueuedJobs(checkAttempt.name)

const waitingChecks = async (attemptId: string) => {
	const jobs = await house.services.boss.findJobs(checkAttempt.name, { data: { attemptId } })
	return jobs.filter(({ state }) => state === 'created')
}

describe('somebody looks at a payment whose outcome is open', () => {
	beforeEach(forgetOtherChecks)

	const look = (id: string) => house.call('GET', `/api/v1/payments/${id}`)
	const asLongAgo = (attemptId: string) =>
		house.services.db
			.updateTable('payment_attempts')
			.set({ started_at: new Date(Date.now() - 10_000), asked_at: null })
			.where('id', '=', attemptId)
			.execute()

	test('the gateway is asked now, once however many look, and the schedule is not used up', async () => {
		await spoil('error_500_kept')
		const id = await chargedPayment(house)
		const attempt = await onlyAttempt(house, id)
		expect(await waitingChecks(attempt.id)).toHaveLength(1)
		await asLongAgo(attempt.id)
		await Promise.all(Array.from({ length: 20 }, () => look(id)))
		expect(await waitingChecks(attempt.id)).toHaveLength(2)

		await faultOnReads(['reset', 'reset'])
		await runNow(house, checkAttempt)
		const after = await onlyAttempt(house, id)
		expect(after).toMatchObject({ status: 'unknown', checks: 2 })
		expect(await waitingChecks(attempt.id)).toHaveLength(1)
		await runNow(house, checkAttempt)
		await expectOneSuccess(id)
	})

	test('nobody is asked about a payment that rests', async () => {
		const id = await chargedPayment(house)
		const attempt = await onlyAttempt(house, id)
		await asLongAgo(attempt.id)
		await look(id)
		expect(await waitingChecks(attempt.id)).toEqual([])
	})
})

describe('the gateway cannot be asked', () => {
	beforeEach(forgetOtherChecks)

	test('the question waits for its next turn instead of dying as a job', async () => {
		await spoil('reset')
		const id = await chargedPayment(house)
		await faultOnReads(['reset'])
		expect(await runNow(house, checkAttempt)).toBe(1)
		expect(await onlyAttempt(house, id)).toMatchObject({ status: 'unknown', checks: 2 })
		await runNow(house, checkAttempt)
		await expectOneSuccess(id)
	})

	test('a question whose job is lost is asked again by the janitor', async () => {
		await spoil('reset')
		const id = await chargedPayment(house)
		await house.services.boss.deleteQueuedJobs(checkAttempt.name)
		await house.services.db
			.updateTable('payments')
			.set({ next_check_at: new Date(Date.now() - 60_000) })
			.where('id', '=', id)
			.execute()
		await expirePayments(house.services, 'test')
		expect(await runNow(house, checkAttempt)).toBe(1)
		await expectOneSuccess(id)
	})
})

describe('a payer at their bank whose message is lost', () => {
	beforeEach(forgetOtherChecks)

	const challenged = () => chargedPayment(house, { payment_method: 'pm_card_threeDSecure2Required' })

	test('the janitor asks and finds the money', async () => {
		const id = await challenged()
		const { status, next_action_url: url } = await paymentOf(house, id)
		expect(status).toBe('requires_action')
		expect((await onlyAttempt(house, id)).next_check_at).toBeInstanceOf(Date)
		await fetch(String(url), { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }) })
		expect(await runNow(house, checkAttempt)).toBe(1)
		await expectOneSuccess(id)
	})

	test('while nothing has happened there the questions go on, one at a time, and end with the schedule', async () => {
		const id = await challenged()
		for (const _delay of ACTION_CHECK_DELAYS_SECONDS) expect(await runNow(house, checkAttempt)).toBe(1)
		expect(await runNow(house, checkAttempt)).toBe(0)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_action' })
		expect(await attentionOn(house, id)).toEqual([])
	})
})
