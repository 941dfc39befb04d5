import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkDifference } from '#app/commands/reconciliation/check-difference.server.ts'
import { requestReconciliation } from '#app/commands/reconciliation/request-reconciliation.server.ts'
import { settleDifference } from '#app/commands/reconciliation/settle-difference.server.ts'
import type { Gateway } from '#app/domain/gateways/ports.ts'
import type { GatewayBooks } from '#app/domain/reconciliation/ports.ts'
import { findAttemptByRef } from '#db/queries/attempts.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { attentionOn, chargedPayment, onlyAttempt, paymentOf, runNow } from '../payments/by-hand.ts'
import {
	dashboardOf,
	differences,
	emptyPromise,
	feeOf,
	missedMessage,
	missedRefund,
	reconcile,
	residuals,
	strangeCharge,
	strangeRefund,
} from './plants.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

let known: Set<string>
beforeEach(async () => {
	known = new Set((await differences(house)).map((row) => row.id))
})

/** Differences this test brought about. */
const news = async () => (await differences(house)).filter((row) => !known.has(row.id))

const CALM = ['I09', 'I10', 'I11', 'I12', 'I13', 'I14', 'I15', 'I21', 'I25']

const advance = (seconds: number) =>
	fetch(`${house.sandbox.url}/sandbox/advance`, { method: 'POST', body: JSON.stringify({ seconds }) })

const sound = async () => {
	const run = await reconcile(house)
	expect(Object.values(residuals(run)).filter((minor) => minor !== '0')).toEqual([])
	return run
}

test('missed messages and a fee that was not known are put right, and every promise holds', async () => {
	const planted = [
		await missedMessage(house),
		await missedRefund(house),
		await feeOf(null)(house),
		await missedMessage(house),
	]
	expect(await sound()).toMatchObject({ healed: 4, found: 0 })
	expect((await news()).map((row) => [row.provider_ref, row.outcome]).sort()).toEqual(
		planted.map(({ ref }) => [ref, 'healed']).sort(),
	)
	expect(await violations(house.owner, CALM)).toEqual([])
	const fees = await house.services.db
		.selectFrom('ledger_transactions')
		.select('id')
		.where('kind', '=', 'fee')
		.execute()
	expect(fees).toHaveLength(1)
	expect(await sound()).toMatchObject({ healed: 0, found: 0 })
})

test('what is younger than a few minutes is in flight and no difference', async () => {
	await missedMessage(house)
	await strangeCharge('automatic')(house)
	const id = await chargedPayment(house)
	const clock = { now: () => new Date() }
	await reconcile(house, {}, { clock })
	expect(await news()).toEqual([])
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded' })
	expect((await sound())?.healed).toBe(1)
	expect((await news()).map((row) => `${row.class} ${row.outcome ?? 'listed'}`).sort()).toEqual([
		'extra listed',
		'status healed',
	])
})

describe('a run is cut off', () => {
	function failing(at: keyof GatewayBooks): { gateway: Gateway } {
		const gateway = house.services.gateways.of('stripe')
		const dies = () => {
			throw new Error(`the process died at ${at}`)
		}
		return { gateway: { ...gateway, books: { ...gateway.books, [at]: dies } } }
	}

	test.each(['charges', 'refunds', 'payouts', 'findCharge'] as const)(
		'at %s: the next one goes on with it, and nothing is lost or told twice',
		async (at) => {
			const planted = await strangeCharge('automatic')(house)
			const missed = await missedMessage(house)
			const imports = await house.services.db.selectFrom('gateway_imports').select('id').execute()
			await expect(reconcile(house, {}, failing(at))).rejects.toThrow('died')
			expect(await house.services.db.selectFrom('gateway_imports').select('id').execute()).toEqual(imports)
			const stopped = await house.services.db
				.selectFrom('reconciliation_runs')
				.selectAll()
				.where('finished_at', 'is', null)
				.executeTakeFirstOrThrow()
			expect(stopped).toMatchObject({ error: `the process died at ${at}`, lease: null })
			const run = await sound()
			expect(run).toMatchObject({ id: stopped.id, error: null })
			const listed = (await news()).filter((row) => row.closed_at === null)
			expect(listed).toMatchObject([{ class: 'extra', provider_ref: planted.ref }])
			const attempt = await findAttemptByRef(house.services.db, 'stripe', String(missed.ref))
			expect(attempt).toMatchObject({ status: 'succeeded' })
		},
	)

	test('by a kill: nobody takes it over while it is leased, anybody may afterwards', async () => {
		const { id } = await requestReconciliation(house.composed.forMerchant(house.demo.merchantId, false), {
			merchantId: house.demo.merchantId,
			gateway: 'stripe',
			actor: { kind: 'console', ref: 'usr_test' },
		})
		await house.owner
			.updateTable('reconciliation_runs')
			.set({ lease: 'lea_of_the_dead', leased_until: new Date(Date.now() + 60_000) })
			.where('id', '=', id)
			.execute()
		expect(await reconcile(house)).toBeNull()
		// The job that found it taken comes back to see whether it was finished.
		expect(await runNow(house, runReconciliation)).toBe(1)
		await house.owner
			.updateTable('reconciliation_runs')
			.set({ leased_until: new Date(Date.now() - 1_000) })
			.where('id', '=', id)
			.execute()
		expect(await runNow(house, runReconciliation)).toBe(1)
		expect(await runNow(house, runReconciliation)).toBe(0)
		const run = await house.services.db
			.selectFrom('reconciliation_runs')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirstOrThrow()
		expect(run.finished_at).not.toBeNull()
	})
})

test('two processes at once: one works, each difference is listed once', async () => {
	const planted = [await strangeCharge('automatic')(house), await strangeCharge('manual')(house)]
	const runs = await Promise.all([reconcile(house), reconcile(house), reconcile(house)])
	expect(runs.filter((run) => run !== null).length).toBeGreaterThanOrEqual(1)
	expect((await news()).map((row) => row.provider_ref).sort()).toEqual(planted.map(({ ref }) => ref).sort())
	const open = await house.services.db
		.selectFrom('reconciliation_runs')
		.select('id')
		.where('finished_at', 'is', null)
		.execute()
	expect(open).toEqual([])
})

test('a refund made at the gateway is booked here', async () => {
	const { ref } = await strangeRefund(house)
	await reconcile(house)
	const mirrored = await house.services.db
		.selectFrom('refunds')
		.select(['amount_minor', 'currency', 'status', 'made_at_gateway'])
		.where('provider_ref', '=', ref)
		.execute()
	expect(mirrored).toEqual([
		{ amount_minor: 700n, currency: 'eur', status: 'succeeded', made_at_gateway: true },
	])
	const rows = (await news()).filter((row) => row.provider_ref === ref && row.kind === 'refund')
	expect(rows).toMatchObject([{ class: 'extra', outcome: 'healed' }])
})

test('a hold captured at the gateway long after it was made is found by its account line', async () => {
	const id = await chargedPayment(house, { capture_method: 'manual' })
	await sound()
	const { provider_ref } = await onlyAttempt(house, id)
	await dashboardOf(house).paymentIntents.capture(String(provider_ref))
	expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_capture' })
	await sound()
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: 1_999n })
	expect((await news()).find((row) => row.subject_id === id)).toMatchObject({
		class: 'status',
		outcome: 'healed',
	})
})

test('a refund the bank sends back days later is found by its account line', async () => {
	const id = await chargedPayment(house, { payment_method: 'pm_card_refundFail' })
	const { body } = await house.call('POST', `/api/v1/payments/${id}/refund`, { amount: 500 })
	await runNow(house, sendRefund)
	await advance(700)
	await sound()
	const refund = await house.services.db
		.selectFrom('refunds')
		.select('status')
		.where('id', '=', String(body['id']))
		.executeTakeFirstOrThrow()
	expect(refund.status).toBe('failed')
	expect((await news()).find((row) => row.subject_id === body['id'])).toMatchObject({ outcome: 'healed' })
})

describe('the work list', () => {
	const settle = (differenceId: string, note: string) =>
		settleDifference(house.services, {
			merchantId: house.demo.merchantId,
			differenceId,
			note,
			actor: { kind: 'console', ref: 'usr_test' },
		})
	const check = (differenceId: string) =>
		checkDifference(house.services, {
			merchantId: house.demo.merchantId,
			differenceId,
			actor: { kind: 'console', ref: 'usr_test' },
		})

	test('a person settles a difference with a note: audited, off the list, and not found again', async () => {
		const { ref } = await strangeCharge('automatic')(house)
		await sound()
		const [row] = await news()
		expect(row).toMatchObject({ provider_ref: ref, closed_at: null, effect_minor: 3_300n - 126n })
		expect(await attentionOn(house, String(ref))).toEqual(['gateway_mismatch'])
		await expect(settle(row?.id ?? '', ' ')).rejects.toMatchObject({ param: 'note' })
		await settle(row?.id ?? '', 'A test charge of our bookkeeper.')
		await expect(settle(row?.id ?? '', 'again')).rejects.toMatchObject({ code: 'difference_closed' })
		expect(await attentionOn(house, String(ref))).toEqual([])
		const audit = await house.services.db
			.selectFrom('audit_log')
			.select(['action', 'reason'])
			.where('subject_id', '=', row?.id ?? '')
			.execute()
		expect(audit).toMatchObject([
			{ action: 'reconciliation.difference_settled', reason: 'A test charge of our bookkeeper.' },
		])
		expect(await sound()).toMatchObject({ found: 0 })
		expect(await news()).toHaveLength(1)
	})

	test('checked again after it was put right at the gateway, it is gone', async () => {
		const { ref } = await strangeCharge('manual')(house)
		await sound()
		const [row] = await news()
		expect(await check(row?.id ?? '')).toMatchObject({ closed_at: null })
		await dashboardOf(house).paymentIntents.cancel(String(ref))
		expect(await check(row?.id ?? '')).toMatchObject({ outcome: 'gone', closed_by: 'reconciliation' })
		expect(await attentionOn(house, String(ref))).toEqual([])
	})

	test('money the gateway never took stays missing however often it is asked', async () => {
		await emptyPromise(house)
		await sound()
		const [row] = await news()
		expect(await check(row?.id ?? '')).toMatchObject({ class: 'missing', closed_at: null, gap_minor: 1_999n })
		expect(await violations(house.owner, ['I15'])).toEqual([`I15 ${row?.subject_id} succeeded`])
	})

	test('somebody else cannot see or settle it', async () => {
		const [row] = await differences(house)
		const stranger = {
			merchantId: 'mer_other',
			differenceId: row?.id ?? '',
			note: 'mine now',
			actor: { kind: 'api', ref: null } as const,
		}
		await expect(settleDifference(house.services, stranger)).rejects.toMatchObject({
			code: 'difference_not_found',
		})
		await expect(checkDifference(house.services, stranger)).rejects.toMatchObject({
			code: 'difference_not_found',
		})
	})
})
