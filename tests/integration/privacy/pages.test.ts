import { afterAll, beforeAll, expect, test } from 'vitest'
import { loader as disputeLoader } from '#app/routes/console/dispute-detail.tsx'
import { loader as paymentLoader } from '#app/routes/console/payment-detail.tsx'
import { action as exportAction } from '#app/routes/console/payer-export.ts'
import { action as payerAction, loader as payerLoader } from '#app/routes/console/payer.tsx'
import { action as privacyAction, loader as privacyLoader } from '#app/routes/console/privacy.tsx'
import { action as stepUpAction } from '#app/routes/console/step-up.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { disputedPayment } from '../disputes/cases.ts'
import { addPerson, growStale, logIn, PASSWORD, type Person } from '../factors/people.ts'
import { chargedPayment, paymentOf } from '../payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

async function atTheDesk(role = 'owner'): Promise<Person> {
	const person = await addPerson(house, { merchantId: house.demo.merchantId, role })
	await logIn(person)
	return person
}

const linesOf = (payerId: string) =>
	house.owner
		.selectFrom('audit_log')
		.select(['action', 'actor', 'payload'])
		.where('subject_id', '=', payerId)
		.orderBy('seq')
		.execute()

async function paying(receipt_email: string) {
	const paymentId = await chargedPayment(house, { receipt_email, client_ip: '203.0.113.50' })
	return { paymentId, payerId: (await paymentOf(house, paymentId)).payer_id ?? '' }
}

test('a payer is found by a form, and the address of their page names nobody', async () => {
	const { browser } = await atTheDesk()
	const { paymentId, payerId } = await paying('page@example.com')
	const find = (who: string) => browser.post(privacyAction, '/console/privacy', { intent: 'find', who })
	for (const who of ['Page@example.com', ` ${paymentId} `])
		expect(await find(who)).toMatchObject({ status: 302, location: `/console/privacy/${payerId}` })
	expect(await find('nobody@example.com')).toMatchObject({ status: 404, data: { ok: false, field: 'who' } })
	expect(await find('something')).toMatchObject({ status: 400, data: { ok: false, field: 'who' } })
	const { data } = await browser.get(payerLoader, `/console/privacy/${payerId}`, { payerId })
	expect(data).toMatchObject({ payer: { email: 'page@example.com', held: { payments: 1 } }, requests: [] })
})

test('who opens their data is on record once a day, whichever page it was and however often', async () => {
	const first = await atTheDesk()
	const second = await atTheDesk('analyst')
	const who = { receipt_email: 'seen@example.com', client_ip: '203.0.113.51' }
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute', who)
	const payerId = (await paymentOf(house, paymentId)).payer_id ?? ''
	for (let times = 0; times < 3; times++) {
		const page = await first.browser.get(paymentLoader, `/console/payments/${paymentId}`, { paymentId })
		expect(page.data).toMatchObject({ customer: { email: who.receipt_email, ip: who.client_ip } })
	}
	await first.browser.get(disputeLoader, `/console/disputes/${dispute.id}`, { disputeId: dispute.id })
	await second.browser.get(disputeLoader, `/console/disputes/${dispute.id}`, { disputeId: dispute.id })
	expect(await linesOf(payerId)).toEqual([
		{ action: 'payer.viewed', actor: `console:${first.userId}`, payload: { seen_at: paymentId } },
		{ action: 'payer.viewed', actor: `console:${second.userId}`, payload: { seen_at: dispute.id } },
	])
	// Of an earlier day.
	await house.owner.updateTable('payer_views').set({ day: '2020-01-01' }).execute()
	await first.browser.get(paymentLoader, `/console/payments/${paymentId}`, { paymentId })
	expect((await linesOf(payerId)).length).toBe(3)
})

test('a payment that names nobody leaves no line', async () => {
	const { browser, userId } = await atTheDesk()
	const paymentId = await chargedPayment(house)
	await browser.get(paymentLoader, `/console/payments/${paymentId}`, { paymentId })
	const lines = await house.owner
		.selectFrom('audit_log')
		.select('action')
		.where('actor', '=', `console:${userId}`)
		.where('action', '=', 'payer.viewed')
		.execute()
	expect(lines).toEqual([])
})

test('erasing wants a reason, the typed word and a fresh proof; then the page says it is done', async () => {
	const person = await atTheDesk()
	const { browser } = person
	const { payerId } = await paying('erase@example.com')
	const path = `/console/privacy/${payerId}`
	const erase = (form: Record<string, string>) =>
		browser.post(payerAction, path, { intent: 'erase', ...form }, { payerId })
	const whole = { reason: 'They asked.', confirm: ' Erase ' }
	expect(await erase({ ...whole, reason: ' ' })).toMatchObject({ status: 400, data: { field: 'reason' } })
	expect(await erase({ ...whole, confirm: 'yes' })).toMatchObject({ status: 400, data: { field: 'confirm' } })
	await growStale(house, person)
	expect(await erase(whole)).toMatchObject({ status: 403, data: { stepUp: { password: true } } })
	const read = async () => (await browser.get(payerLoader, path, { payerId })).data
	expect(await read()).toMatchObject({ payer: { email: 'erase@example.com', erased: null } })
	await browser.post(stepUpAction, '/console/step-up', { intent: 'password', password: PASSWORD })
	expect(await erase(whole)).toMatchObject({ status: 200, data: { ok: true } })
	expect(await read()).toMatchObject({
		payer: { email: null, erased: expect.any(Number) },
		requests: [{ kind: 'erasure', status: 'done', reason: 'They asked.' }],
	})
	expect(await erase(whole)).toMatchObject({ status: 409, data: { ok: false } })
	const list = await browser.get(privacyLoader, '/console/privacy')
	expect(list.data).toMatchObject({ requests: [{ payer: payerId, status: 'done' }] })
})

test('the export is a file of its own', async () => {
	const { browser } = await atTheDesk()
	const { paymentId, payerId } = await paying('file@example.com')
	const file = await browser.post(
		exportAction,
		`/console/privacy/${payerId}/export`,
		{ intent: 'export' },
		{ payerId },
	)
	expect(file).toMatchObject({ status: 200, data: { payments: [{ id: paymentId }] } })
	expect(await linesOf(payerId)).toMatchObject([{ action: 'payer.exported' }])
})
