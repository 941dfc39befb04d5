import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { patience, times } from '#tests/support/sizes.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { runNow } from '../integration/payments/by-hand.ts'
import { EVERY_POST, isReplay, sendUnder, type ApiPost, type Prepared } from './every-post.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const post = (request: Prepared, key: string, headers = {}) => sendUnder(house, key, request, headers)

/** The row as it is when the process dies between its commit and its answer. */
const forgetAnswer = (key: string, lockedFor: string) =>
	sql`update idempotency_keys set status_code = null, response = null, finished_at = null,
		locked_until = now() + ${lockedFor}::interval where key = ${key}`.execute(house.owner)

const KEYS = times(200, 2_000)
const ABREAST = 8

type Kept = { request: Prepared; key: string; status: number; text: string }

/** One key, 8 requests: one did it, and whoever was answered was answered alike. */
function expectOneEffect(answers: readonly Answer[], status: number): Answer {
	const done = answers.filter((answer) => answer.status === status)
	expect(done.filter((answer) => !isReplay(answer))).toHaveLength(1)
	expect(new Set(done.map(({ text }) => text)).size).toBe(1)
	for (const answer of answers.filter((each) => !done.includes(each))) {
		expect(answer).toMatchObject({ status: 409, body: { error: { code: 'idempotency_key_in_use' } } })
	}
	return done[0] as Answer
}

async function expectOtherBodyRefused({ path }: Prepared, key: string, body: string, resource: unknown) {
	expectRefusal(await house.call('POST', path, body, { 'idempotency-key': key }), 422, {
		code: 'idempotency_key_reused',
		param: 'Idempotency-Key',
		resource_id: String(resource),
	})
}

/** Each of these requests 8 times at the same moment, all of them together. */
async function rush(posts: readonly ApiPost[]): Promise<Kept[]> {
	const requests: Prepared[] = []
	for (const { prepare } of posts) requests.push(await prepare(house))
	const before = await countRows(house)
	const keys = posts.map(() => randomUUID())
	const answers = await Promise.all(
		requests.map((request, index) =>
			Promise.all(Array.from({ length: ABREAST }, () => post(request, keys[index] ?? ''))),
		),
	)
	const made = (name: string) => posts.filter((each) => each.name === name).length
	expect(await countRows(house)).toMatchObject({
		keys: (before['keys'] ?? 0) + posts.length,
		jobs: (before['jobs'] ?? 0) + posts.length,
		payments: (before['payments'] ?? 0) + made('create'),
		refunds: (before['refunds'] ?? 0) + made('refund'),
	})
	const kept: Kept[] = []
	for (const [index, { status, otherBody }] of posts.entries()) {
		const [request, key] = [requests[index] as Prepared, keys[index] ?? '']
		const { body, text } = expectOneEffect(answers[index] ?? [], status)
		await expectOtherBodyRefused(request, key, otherBody, body['id'])
		kept.push({ request, key, status, text })
	}
	return kept
}

test(
	`R7: ${KEYS} keys, 8 at once each: one effect, one answer; another body is refused; a restarted process replays`,
	patience(240),
	async () => {
		const kept: Kept[] = []
		while (kept.length < KEYS) {
			kept.push(...(await rush(EVERY_POST.slice(0, KEYS - kept.length))))
			await runNow(house, processPayment)
		}
		const restarted = await openHouse({ beside: house, worker: false })
		try {
			const before = await countRows(house)
			for (const { request, key, status, text } of kept) {
				const again = await sendUnder(restarted, key, request)
				expect(again).toMatchObject({ status, text })
				expect(isReplay(again)).toBe(true)
			}
			expect(await countRows(house)).toEqual(before)
		} finally {
			await restarted.close()
		}
	},
)

describe.each(EVERY_POST.map((each) => [each.name, each] as const))('%s', (_name, { prepare, status }) => {
	test('while the first waits for its outcome the others are told to come back, and which it is about', async () => {
		const request = await prepare(house)
		const key = randomUUID()
		const first = post(request, key, { prefer: 'wait=1' })
		const isClaimed = async () =>
			(await house.owner.selectFrom('idempotency_keys').select('key').where('key', '=', key).execute()).length
		await expect.poll(isClaimed, { interval: 10 }).toBe(1)
		const meanwhile = await post(request, key)
		const answer = await first
		expectRefusal(meanwhile, 409, {
			code: 'idempotency_key_in_use',
			resource_id: String(answer.body['id']),
		})
		expect(answer).toMatchObject({ status })
		expect(isReplay(answer)).toBe(false)
		const later = await post(request, key)
		expect(later).toMatchObject({ status, text: answer.text })
		expect(isReplay(later)).toBe(true)
		await runNow(house, processPayment)
	})

	test('a first request that died after its commit is finished by the next, and done once', async () => {
		const request = await prepare(house)
		const key = randomUUID()
		const first = await post(request, key)
		await forgetAnswer(key, '-1 second')
		const before = await countRows(house)
		const finished = await post(request, key)
		expect(finished).toMatchObject({ status, body: { id: first.body['id'] } })
		expect(isReplay(finished)).toBe(true)
		expect(await post(request, key)).toMatchObject({ status, text: finished.text })
		expect(await countRows(house)).toEqual(before)
		await runNow(house, processPayment)
	})

	test.each([-1, 1])(
		'who holds a key is told by the clock of the database, not by ours (%i day off)',
		async (days) => {
			const request = await prepare(house)
			const [held, given] = [randomUUID(), randomUUID()]
			await post(request, held)
			await forgetAnswer(held, '60 seconds')
			const other = await prepare(house)
			await post(other, given)
			await forgetAnswer(given, '-1 second')
			vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 })
			try {
				expect(await post(request, held)).toMatchObject({ status: 409 })
				expect(await post(other, given)).toMatchObject({ status })
			} finally {
				vi.useRealTimers()
			}
			await runNow(house, processPayment)
		},
	)
})

test('afterwards no promise is broken', async () => {
	// Nobody works off the queue here.
	const unworked = /^I(16|20) /
	expect((await violations(house.services.db)).filter((line) => !unworked.test(line))).toEqual([])
})
