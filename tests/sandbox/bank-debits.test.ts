import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Stripe from 'stripe'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Mandate, PaymentMethod } from '#app/sandbox/books/method-shapes.ts'
import { AGREED, errorOf, type Gateway, openGateway, pay } from './gateway.ts'

const DAY = 86_400
const EUR = { ...AGREED, currency: 'eur' }
const CHARGE = { expand: ['latest_charge'] }

/** The compiler holds the sandbox's own shapes against the SDK's. */
const methodOfSdk = (method: PaymentMethod): Stripe.PaymentMethod => method
const mandateOfSdk = (mandate: Mandate): Stripe.Mandate => mandate

const inRealTime = () => openGateway({ clockFactor: 1 })
const pass = ({ control }: Gateway, days: number) => control('POST', '/advance', { seconds: days * DAY })

async function chargeOf({ stripe }: Gateway, id: string): Promise<Stripe.Charge> {
	const { latest_charge } = await stripe.paymentIntents.retrieve(id, CHARGE)
	if (typeof latest_charge !== 'object' || !latest_charge) throw new Error('There is no charge')
	return latest_charge
}

const typesOf = async ({ stripe }: Gateway) =>
	(await stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse()

async function balanceOf({ stripe }: Gateway) {
	const { available, pending } = await stripe.balance.retrieve()
	const sum = (lines: { amount: number }[]) => lines.reduce((total, { amount }) => total + amount, 0)
	return { available: sum(available), pending: sum(pending) }
}

describe('a debit takes days', () => {
	test.each([
		['pm_usBankAccount_success', 'usd', 4, 40],
		['pm_sepaDebit_success', 'eur', 5, 35],
		['pm_success_de', 'eur', 5, 35],
		['pm_successDelayed_at', 'eur', 14, 35],
	])('%s', async (method, currency, days, fee) => {
		const gateway = await inRealTime()
		const asked = await pay(gateway.stripe, method, { ...AGREED, currency })
		expect(asked).toMatchObject({ status: 'processing', amount_received: 0, processing: null })
		const pending = await chargeOf(gateway, asked.id)
		expect(pending).toMatchObject({ status: 'pending', paid: false, amount_captured: 0 })
		expect(pending.id).toMatch(/^py_/)
		await pass(gateway, days - 1)
		expect((await gateway.stripe.paymentIntents.retrieve(asked.id)).status).toBe('processing')
		expect(await gateway.control('POST', '/payouts', { pending: true })).toEqual({ payouts: [] })
		expect(await balanceOf(gateway)).toEqual({ available: 0, pending: 5_000 - fee })
		await pass(gateway, 1)
		const paid = await gateway.stripe.paymentIntents.retrieve(asked.id)
		expect(paid).toMatchObject({ status: 'succeeded', amount_received: 5_000 })
		const charge = await chargeOf(gateway, asked.id)
		expect(charge).toMatchObject({ status: 'succeeded', paid: true, amount_captured: 5_000 })
		const line = await gateway.stripe.balanceTransactions.retrieve(String(charge.balance_transaction))
		expect(line).toMatchObject({ type: 'payment', reporting_category: 'charge', amount: 5_000, fee })
		expect(await balanceOf(gateway)).toEqual({ available: 5_000 - fee, pending: 0 })
		expect(await typesOf(gateway)).toEqual([
			'payment_intent.created',
			'charge.pending',
			'payment_intent.processing',
			'charge.succeeded',
			'payment_intent.succeeded',
		])
	})

	test('an ACH debit is shown as the SDK says, with its mandate', async () => {
		const { books, stripe } = await inRealTime()
		const { latest_charge, payment_method } = await pay(stripe, 'pm_usBankAccount_success', {
			...AGREED,
			expand: ['latest_charge.payment_method_details.us_bank_account.mandate', 'payment_method'],
		})
		const account: Partial<Stripe.PaymentMethod.UsBankAccount> = {
			account_holder_type: 'individual',
			account_type: 'checking',
			bank_name: 'STRIPE TEST BANK',
			last4: '6789',
			routing_number: '110000000',
			networks: { preferred: 'ach', supported: ['ach'] },
		}
		expect(payment_method).toMatchObject({ type: 'us_bank_account', us_bank_account: account })
		expect(payment_method).toEqual(books.methods.all().map(methodOfSdk)[0])
		const { payment_method_details } = latest_charge as Stripe.Charge
		const mandate = payment_method_details?.us_bank_account?.mandate
		expect(books.mandates.all().map(mandateOfSdk)).toEqual([mandate])
		expect(mandate).toMatchObject({
			customer_acceptance: { type: 'online', online: { ip_address: '192.0.2.7', user_agent: 'Test' } },
			single_use: { amount: 5_000, currency: 'usd' },
			status: 'active',
		})
	})

	test('a SEPA debit is shown as the SDK says, and its mandate has a page', async () => {
		const { books, stripe } = await inRealTime()
		const { latest_charge, payment_method } = await pay(stripe, 'pm_sepaDebit_success', {
			...EUR,
			expand: ['latest_charge', 'payment_method'],
		})
		const debited: Partial<Stripe.PaymentMethod.SepaDebit> = {
			bank_code: '19043',
			country: 'AT',
			last4: '3201',
		}
		expect(payment_method).toMatchObject({ type: 'sepa_debit', sepa_debit: debited })
		expect(payment_method).toEqual(books.methods.all().map(methodOfSdk)[0])
		const signed = (latest_charge as Stripe.Charge).payment_method_details?.sepa_debit?.mandate
		const { payment_method_details } = await stripe.mandates.retrieve(String(signed))
		const page = await (await fetch(String(payment_method_details.sepa_debit?.url))).text()
		expect(page).toContain(payment_method_details.sepa_debit?.reference)
		expect(page).toContain('AT •••• 3201')
	})
})

describe('a debit the bank refuses', () => {
	test.each([
		['pm_usBankAccount_accountClosed', 'usd', 'account_closed', 'account_closed'],
		['pm_usBankAccount_noAccount', 'usd', 'no_account', 'no_account'],
		['pm_usBankAccount_insufficientFunds', 'usd', 'insufficient_funds', 'insufficient_funds'],
		['pm_usBankAccount_debitNotAuthorized', 'usd', 'debit_not_authorized', 'debit_not_authorized'],
		['pm_sepaDebit_insufficientFunds', 'eur', 'insufficient_funds', 'insufficient_funds'],
		['pm_sepaDebit_failed', 'eur', 'generic_could_not_process', 'payment_intent_payment_attempt_failed'],
	])('%s', async (method, currency, failure_code, code) => {
		const gateway = await inRealTime()
		const { id } = await pay(gateway.stripe, method, { ...AGREED, currency })
		await pass(gateway, 5)
		const failed = await gateway.stripe.paymentIntents.retrieve(id)
		expect(failed).toMatchObject({
			status: 'requires_payment_method',
			payment_method: null,
			amount_received: 0,
			last_payment_error: { code, payment_method: { type: expect.any(String) } },
		})
		const charge = await chargeOf(gateway, id)
		expect(charge).toMatchObject({ status: 'failed', paid: false, captured: false, failure_code })
		const lines = await gateway.stripe.balanceTransactions.list({ source: charge.id })
		expect(lines.data.map(({ type }) => type)).toEqual(['payment_failure_refund', 'payment'])
		expect(lines.data[0]?.id).toBe(charge.failure_balance_transaction)
		expect(await balanceOf(gateway)).toEqual({ available: 0, pending: 0 })
		expect((await typesOf(gateway)).slice(-2)).toEqual(['charge.failed', 'payment_intent.payment_failed'])
		expect(await gateway.control('GET', '/books')).toMatchObject({ charges: [{ fee: 0, net: 0 }] })
	})

	test('another method may be tried on the same payment', async () => {
		const gateway = await inRealTime()
		const { id } = await pay(gateway.stripe, 'pm_usBankAccount_noAccount', AGREED)
		await pass(gateway, 4)
		const paid = await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
		expect(paid.status).toBe('succeeded')
	})
})

describe('a debit the bank takes back', () => {
	test.each([
		['pm_usBankAccount_dispute', 'usd', 'debit_not_authorized', 40],
		['pm_sandbox_usBankAccount_returned', 'usd', 'insufficient_funds', 40],
		['pm_sepaDebit_dispute', 'eur', 'debit_not_authorized', 35],
		['pm_sandbox_sepaDebit_returned', 'eur', 'bank_cannot_process', 35],
	])('%s: lost at once', async (method, currency, reason, fee) => {
		const gateway = await inRealTime()
		const { stripe } = gateway
		const { id } = await pay(stripe, method, { ...AGREED, currency })
		await pass(gateway, 5)
		expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded')
		expect((await stripe.disputes.list()).data).toEqual([])
		await gateway.control('POST', '/advance', { seconds: 600 })
		const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data
		expect(dispute).toMatchObject({
			amount: 5_000,
			reason,
			status: 'lost',
			is_charge_refundable: false,
			evidence_details: { due_by: 0 },
			balance_transactions: [{ type: 'adjustment', amount: -5_000, fee: 1_500, net: -6_500 }],
		})
		expect((await typesOf(gateway)).slice(-4)).toEqual([
			'charge.dispute.created',
			'charge.dispute.funds_withdrawn',
			'charge.dispute.closed',
			'mandate.updated',
		])
		expect(await balanceOf(gateway)).toEqual({ available: -fee - 1_500, pending: 0 })
		const lines = await stripe.balanceTransactions.list()
		expect(lines.data.reduce((sum, { net }) => sum + net, 0)).toBe(-fee - 1_500)
		const answer = { evidence: { uncategorized_text: 'winning_evidence' } }
		expect(await errorOf(stripe.disputes.update(String(dispute?.id), answer))).toMatchObject({
			code: 'dispute_already_closed',
		})
		expect(await errorOf(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
			code: 'charge_disputed',
		})
		expect(await gateway.control('POST', '/payouts')).toEqual({ payouts: [] })
	})
})

test('an ACH debit can be called off while the bank has not answered, a SEPA debit cannot', async () => {
	const gateway = await inRealTime()
	const { stripe } = gateway
	const { id } = await pay(stripe, 'pm_usBankAccount_processing', AGREED)
	await pass(gateway, 60)
	expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing')
	expect((await stripe.paymentIntents.cancel(id)).status).toBe('canceled')
	expect((await chargeOf(gateway, id)).status).toBe('failed')
	expect(await balanceOf(gateway)).toEqual({ available: 0, pending: 0 })
	const sepa = await pay(stripe, 'pm_sepaDebit_success', EUR)
	expect(await errorOf(stripe.paymentIntents.cancel(sepa.id))).toMatchObject({
		code: 'payment_intent_unexpected_state',
	})
})

test('a refund goes back by bank transfer: pending, then succeeded', async () => {
	const gateway = await inRealTime()
	const { stripe } = gateway
	const { id } = await pay(stripe, 'pm_usBankAccount_success', AGREED)
	expect((await errorOf(stripe.refunds.create({ payment_intent: id }))).message).toContain('still pending')
	await pass(gateway, 4)
	const refund = await stripe.refunds.create({ payment_intent: id, amount: 2_000 })
	expect(refund).toMatchObject({
		status: 'pending',
		pending_reason: 'processing',
		destination_details: { type: 'us_bank_transfer' },
	})
	expect(refund.id).toMatch(/^pyr_/)
	const line = await stripe.balanceTransactions.retrieve(String(refund.balance_transaction))
	expect(line).toMatchObject({ type: 'payment_refund', amount: -2_000 })
	await pass(gateway, 3)
	expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded')
})

test('a debit promised before a restart is settled after it', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
	onTestFinished(() => rm(folder, { recursive: true }))
	const before = await openGateway({ folder, clockFactor: 1 })
	const { id } = await pay(before.stripe, 'pm_usBankAccount_insufficientFunds', AGREED)
	await before.close()
	const after = await openGateway({ folder, clockFactor: 1 })
	await pass(after, 4)
	expect((await after.stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method')
})
