import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareAccount, type AccountLines } from './compare-account.ts'
import { chargeMissing, compareCharge, type OurCharge } from './compare-charge.ts'
import { compareRefund, refundMissing, type OurRefund } from './compare-refund.ts'
import { residualOf, unexplainedOf } from './totals.ts'
import type { GatewayCharge, GatewayRefund } from './ports.ts'
import { inWords } from './finding.ts'

const AT = new Date('2026-11-21T10:00:00Z')

const charge = (more: Partial<GatewayCharge> = {}): GatewayCharge => ({
	ref: 'pi_1',
	chargeRef: 'ch_1',
	kind: 'charge',
	status: 'succeeded',
	amountMinor: 1_999n,
	currency: 'eur',
	feeMinor: 88n,
	ourRef: 'att_1',
	occurredAt: AT,
	movements: [],
	...more,
})
const held = (more: Partial<GatewayCharge> = {}) => charge({ kind: 'authorization', ...more })

const paid: OurCharge = {
	attemptId: 'att_1',
	attemptStatus: 'succeeded',
	providerRef: 'pi_1',
	chargeRef: 'ch_1',
	paymentId: 'pay_1',
	merchantId: 'mer_1',
	paymentStatus: 'succeeded',
	amountMinor: 1_999n,
	capturedMinor: 1_999n,
	requestedMinor: null,
	currency: 'eur',
	capturedAt: AT,
	startedAt: AT,
	isPaidByOther: false,
}
const waiting: OurCharge = {
	...paid,
	attemptStatus: 'unknown',
	paymentStatus: 'processing',
	capturedMinor: 0n,
}
const failed: OurCharge = { ...waiting, attemptStatus: 'declined', paymentStatus: 'failed' }
const authorized: OurCharge = { ...waiting, attemptStatus: 'authorized', paymentStatus: 'requires_capture' }

describe('charges', () => {
	test.each<[string, GatewayCharge, OurCharge | null]>([
		['paid on both sides', charge(), paid],
		['captured in part', charge({ amountMinor: 500n }), { ...paid, capturedMinor: 500n }],
		['held on both sides', held(), authorized],
		['held for review', held(), { ...authorized, paymentStatus: 'in_review' }],
		['declined on both sides', held({ status: 'failed' }), failed],
		[
			'declined, and the payer may try again',
			held({ status: 'failed' }),
			{ ...failed, paymentStatus: 'requires_payment_method' },
		],
		['waiting for the payer', held({ status: 'pending' }), { ...waiting, paymentStatus: 'requires_action' }],
		['a try at the dashboard that took nothing', held({ status: 'failed', ourRef: null }), null],
		[
			'a try of somebody else under our name that took nothing',
			held({ ref: 'pi_2', status: 'canceled' }),
			paid,
		],
	])('%s: no difference', (_, theirs, ours) => {
		expect(compareCharge(theirs, ours)).toBeNull()
	})

	test.each<[string, string, bigint, GatewayCharge, OurCharge | null]>([
		['nobody knows it', 'extra', 1_999n, charge({ ourRef: null }), null],
		['nobody knows the hold', 'extra', 1_999n, held({ ourRef: null }), null],
		[
			'it names an attempt that was charged under another name and failed',
			'extra',
			1_999n,
			charge({ ref: 'pi_2' }),
			failed,
		],
		['another amount', 'amount', 100n, charge({ amountMinor: 2_099n }), waiting],
		['less than we say', 'amount', 999n, charge({ amountMinor: 1_000n }), paid],
		[
			'another amount than the capture we asked for',
			'amount',
			1_499n,
			charge(),
			{ ...authorized, requestedMinor: 500n },
		],
		['another amount held', 'amount', 1n, held({ amountMinor: 2_000n }), authorized],
		['another currency', 'currency', 1_999n, charge({ currency: 'usd' }), waiting],
		['its message was lost', 'status', 1_999n, charge(), waiting],
		['its answer was lost, with its name', 'status', 1_999n, charge(), { ...waiting, providerRef: null }],
		['taken although it failed here', 'status', 1_999n, charge(), failed],
		['held although it failed here', 'status', 1_999n, held(), failed],
		['declined, and we still wait', 'status', 1_999n, held({ status: 'failed' }), waiting],
		['released, and we still hold', 'status', 1_999n, held({ status: 'canceled' }), authorized],
		['we say taken, they only hold', 'status', 1_999n, held(), paid],
		['we say taken, they gave it up', 'status', 1_999n, held({ status: 'canceled' }), paid],
		['paid twice by two attempts', 'duplicate', 1_999n, charge(), { ...failed, isPaidByOther: true }],
		['paid twice under one attempt', 'duplicate', 1_999n, charge({ ref: 'pi_2' }), paid],
	])('%s: %s', (_, expected, gap, theirs, ours) => {
		expect(compareCharge(theirs, ours)).toMatchObject({ class: expected, gapMinor: gap, kind: theirs.kind })
	})

	test('the attention list names what the invariant I14 names', () => {
		expect(compareCharge(charge(), failed)?.attentionSubject).toBe('pay_1')
		expect(compareCharge(charge(), { ...failed, providerRef: null })?.attentionSubject).toBe('pi_1')
		expect(compareCharge(charge(), null)?.attentionSubject).toBe('pi_1')
		expect(chargeMissing(paid)).toMatchObject({
			class: 'missing',
			gapMinor: 1_999n,
			attentionSubject: 'pay_1',
		})
	})

	test('whatever both sides say, money that differs is never passed over', () => {
		const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })
		const sides = fc.constantFrom(paid, waiting, failed, authorized)
		fc.assert(
			fc.property(
				amount,
				amount,
				fc.constantFrom('eur', 'usd', 'xxx'),
				sides,
				fc.boolean(),
				(theirs, asked, currency, side, isPaidByOther) => {
					const ours = {
						...side,
						amountMinor: asked,
						capturedMinor: side === paid ? asked : 0n,
						isPaidByOther,
					}
					const finding = compareCharge(charge({ amountMinor: theirs, currency }), ours)
					const agrees = theirs === asked && currency === 'eur' && side === paid && !isPaidByOther
					expect(finding === null).toBe(agrees)
					if (finding) expect(finding.gapMinor >= 0n && finding.detail.length > 0).toBe(true)
				},
			),
		)
	})
})

const refund = (more: Partial<GatewayRefund> = {}): GatewayRefund => ({
	ref: 're_gw',
	parentRef: 'pi_1',
	status: 'succeeded',
	amountMinor: 500n,
	currency: 'eur',
	reason: null,
	ourRef: 're_1',
	occurredAt: AT,
	movements: [],
	...more,
})
const given: OurRefund = {
	refundId: 're_1',
	paymentId: 'pay_1',
	merchantId: 'mer_1',
	providerRef: 're_gw',
	status: 'succeeded',
	amountMinor: 500n,
	currency: 'eur',
}
const parent = { paymentId: 'pay_1', merchantId: 'mer_1' }

describe('refunds', () => {
	test.each<[string, GatewayRefund, OurRefund | null]>([
		['given on both sides', refund(), given],
		['pending on both sides', refund({ status: 'pending' }), { ...given, status: 'pending' }],
		['one made elsewhere that came to nothing', refund({ status: 'failed', ourRef: null }), null],
		['a second one that came to nothing', refund({ ref: 're_2', status: 'canceled' }), given],
	])('%s: no difference', (_, theirs, ours) => {
		expect(compareRefund(theirs, ours, parent)).toBeNull()
	})

	test.each<[string, string, bigint, GatewayRefund, OurRefund | null]>([
		['made at the gateway', 'extra', 500n, refund({ ourRef: null }), null],
		['another amount', 'amount', 100n, refund({ amountMinor: 400n }), given],
		['another currency', 'currency', 500n, refund({ currency: 'usd' }), given],
		['its message was lost', 'status', 500n, refund(), { ...given, status: 'pending', providerRef: null }],
		['given although it failed here', 'status', 500n, refund(), { ...given, status: 'failed' }],
		['sent back by the bank', 'status', 500n, refund({ status: 'failed' }), given],
		['given twice', 'duplicate', 500n, refund({ ref: 're_2' }), given],
	])('%s: %s', (_, expected, gap, theirs, ours) => {
		expect(compareRefund(theirs, ours, parent)).toMatchObject({ class: expected, gapMinor: gap })
	})

	test('one of a charge nobody knows belongs to no payment', () => {
		expect(compareRefund(refund({ ourRef: null }), null, null)).toMatchObject({
			class: 'extra',
			paymentId: null,
		})
		expect(refundMissing(given)).toMatchObject({ class: 'missing', attentionSubject: 're_1' })
	})
})

const lines = (more: Partial<AccountLines> = {}): AccountLines => ({
	sourceRef: 'ch_1',
	types: ['charge'],
	gateway: [{ currency: 'eur', minor: 1_911n, feeMinor: 88n }],
	owner: { type: 'payment', id: 'pay_1', merchantId: 'mer_1', paymentId: 'pay_1' },
	ledger: [{ currency: 'eur', minor: 1_911n }],
	bookedFeeMinor: 88n,
	isUnderWay: false,
	isListed: false,
	...more,
})

describe('the account', () => {
	test.each<[string, Partial<AccountLines>]>([
		['the same on both sides', {}],
		['nothing on either side', { gateway: [], ledger: [] }],
		['money still under way', { ledger: [], isUnderWay: true }],
		['a charge that is on the list itself', { ledger: [], isListed: true }],
		['lines that cancel each other', { gateway: [{ currency: 'eur', minor: 0n, feeMinor: 0n }], ledger: [] }],
		['a booking that was taken back', { gateway: [], ledger: [{ currency: 'eur', minor: 0n }] }],
	])('%s: no difference', (_, more) => {
		expect(compareAccount(lines(more))).toEqual({ kind: 'agrees' })
	})

	test('a fee the capture did not know is recognised, and only as such', () => {
		const plain = { ledger: [{ currency: 'eur', minor: 1_999n }], bookedFeeMinor: 0n }
		expect(compareAccount(lines(plain))).toEqual({ kind: 'fee', feeMinor: 88n, currency: 'eur' })
		for (const more of [
			{ bookedFeeMinor: 1n },
			{ ledger: [{ currency: 'eur', minor: 2_000n }] },
			{ owner: { type: 'refund', id: 're_1', merchantId: 'mer_1', paymentId: 'pay_1' } as const },
		]) {
			expect(compareAccount(lines({ ...plain, ...more }))).toMatchObject({
				kind: 'differs',
				finding: { class: 'amount' },
			})
		}
	})

	test.each<[string, bigint, Partial<AccountLines>]>([
		['extra', 1_911n, { ledger: [] }],
		['extra', 1_911n, { ledger: [], owner: null }],
		['missing', 1_911n, { gateway: [] }],
		['amount', 1n, { ledger: [{ currency: 'eur', minor: 1_912n }] }],
		['currency', 1_911n, { ledger: [{ currency: 'usd', minor: 1_911n }] }],
	])('%s', (expected, gap, more) => {
		expect(compareAccount(lines(more))).toMatchObject({
			kind: 'differs',
			finding: { class: expected, gapMinor: gap, kind: 'movement' },
		})
	})
})

test('what is listed, in flight or on its way leaves nothing over', () => {
	const any = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
	fc.assert(
		fc.property(any, any, any, any, (ledger, inFlight, onTheWay, listed) => {
			const gateway = ledger - inFlight + onTheWay + listed
			const total = { currency: 'eur', gateway, ledger, inFlight, onTheWay, listed }
			expect(residualOf(total)).toBe(0n)
			expect(residualOf({ ...total, gateway: gateway + 1n })).toBe(1n)
		}),
	)
	expect(unexplainedOf(500n, -20n)).toBe(520n)
	expect(unexplainedOf(0n, 0n)).toBe(0n)
})

test('money reads as people write it, also in units we do not know', () => {
	expect(inWords(2_099n, 'eur')).toBe('20.99 EUR')
	expect(inWords(500n, 'jpy')).toBe('500 JPY')
	expect(inWords(70n, 'mga')).toBe('70 MGA (smallest units)')
})
