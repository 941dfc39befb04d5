import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setRefundLimit } from '#app/commands/refunds/set-refund-limit.server.ts'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { logInAs } from '#tests/support/logged-in.ts'
import { chargedPayment } from '../integration/payments/by-hand.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
let paymentId: string
let refundId: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, clientIp: () => '203.0.113.77' })
	paymentId = await chargedPayment(house)
	const refund = await house.call('POST', `/api/v1/payments/${paymentId}/refund`, { amount: 100 })
	refundId = String(refund.body['id'])
	const actor = { kind: 'console', ref: 'usr_olive' } as const
	for (const aboveMinor of [500n, 700n, 900n])
		await setRefundLimit(house.services, {
			merchantId: house.demo.merchantId,
			currency: 'eur',
			aboveMinor,
			actor,
		})
})
afterAll(() => house.close())

type Line = { row: number; action: string; actor: object; subject: object; request_id: string | null }

const linesOf = async (query = '') => {
	const { body, status, text } = await house.call('GET', `/api/v1/audit${query}`)
	expect(status, text).toBe(200)
	return body['data'] as Line[]
}

describe('GET /api/v1/audit', () => {
	test('lists who did what, newest first', async () => {
		const lines = await linesOf('?limit=100')
		expect(lines.map(({ row }) => row)).toEqual(lines.map((_, n) => lines.length - n))
		const asked = lines.find(({ action }) => action === 'refund.requested')
		expect(asked).toMatchObject({
			object: 'audit_log',
			actor: { type: 'api_key', id: expect.stringMatching(/^key_/) },
			subject: { type: 'refund', id: refundId },
			request_id: expect.stringMatching(/^req_/),
			// Where a key is used says nothing about a person.
			client_network: null,
		})
		expect(lines.find(({ action }) => action === 'payment.captured')).toMatchObject({
			actor: { type: 'job' },
			request_id: null,
		})
	})

	test('pages by row, and by offset for those who count', async () => {
		const all = await linesOf('?limit=100')
		const [first, second] = await linesOf('?limit=2')
		expect(await linesOf(`?limit=2&starting_after=${second?.row}`)).toEqual(all.slice(2, 4))
		expect(await linesOf(`?limit=2&ending_before=${all[2]?.row}`)).toEqual([first, second])
		expect(await linesOf('?limit=2&offset=2')).toEqual(all.slice(2, 4))
	})

	test('narrows to one actor and to one subject', async () => {
		expect((await linesOf('?actor=usr_olive')).map(({ action }) => action)).toEqual(
			Array.from({ length: 3 }, () => 'refund_limit.changed'),
		)
		expect((await linesOf(`?subject=${refundId}`)).map(({ action }) => action)).toEqual(['refund.requested'])
	})

	test.each(['limit=0', 'offset=-1', 'offset=10001', 'starting_after=first', 'starting_after=0', 'who=me'])(
		'%s is a 400 that names the field',
		async (query) => {
			const { status, body } = await house.call('GET', `/api/v1/audit?${query}`)
			expect(status).toBe(400)
			expect(body['error']).toMatchObject({ param: query.split('=')[0] })
		},
	)

	test('a stranger sees their own record only', async () => {
		const { headers } = await addMerchant(house)
		expect((await house.call('GET', '/api/v1/audit', undefined, headers)).body['data']).toEqual([])
	})
})

describe('GET /api/v1/transactions/:id/audit-logs', () => {
	const path = (id: string) => `/api/v1/transactions/${id}/audit-logs`

	test('tells what happened to a payment and to its refunds', async () => {
		const { body } = await house.call('GET', path(paymentId))
		const actions = (body['data'] as Line[]).map(({ action }) => action)
		expect(actions).toEqual(['refund.requested', 'payment.captured'])
	})

	test('of somebody else’s payment, of none and of nonsense there is nothing', async () => {
		const { headers } = await addMerchant(house)
		const stranger = await house.call('GET', path(paymentId), undefined, headers)
		const unknown = await house.call('GET', path('pay_01h455vb4pex5vsknk084sn02q'))
		expect([stranger.status, unknown.status, (await house.call('GET', path('x'))).status]).toEqual([
			404, 404, 404,
		])
	})
})

describe('the download', () => {
	const download = async (role: string, fields: Record<string, string> = {}, headers = {}) => {
		const member = await logInAs(house, role)
		const response = await fetch(`${house.baseUrl}/console/audit/download`, {
			method: 'POST',
			body: new URLSearchParams({ intent: 'download', ...fields }),
			headers: { ...member.headers, ...headers },
			redirect: 'manual',
		})
		return { ...member, response, text: await response.text() }
	}
	const rowsOf = (text: string) =>
		parse<Record<string, string>>(text, { columns: true, bom: true, skip_empty_lines: true })

	test('holds what the page shows, and is itself on record with where it went', async () => {
		const { response, text, userId } = await download('owner', { group: 'settings' })
		expect(response.status).toBe(200)
		expect(response.headers.get('content-type')).toContain('text/csv')
		expect(rowsOf(text).map(({ action }) => action)).toEqual(
			Array.from({ length: 3 }, () => 'refund_limit.changed'),
		)
		const [last] = await linesOf('?limit=1')
		expect(last).toMatchObject({
			action: 'audit_record.downloaded',
			actor: { type: 'person', id: userId },
			details: { group: 'settings' },
			client_network: '203.0.113.0/24',
		})
	})

	test('no cell is a formula', async () => {
		const formula = '=HYPERLINK("http://evil.test")'
		await inTransaction(house.services.db, (tx) =>
			appendAudit(tx, [
				{
					merchant_id: house.demo.merchantId,
					actor: 'job:test',
					action: 'refund.tested',
					subject_id: '+1',
					payload: {},
					reason: formula,
				},
			]),
		)
		const { text } = await download('owner')
		const row = rowsOf(text).find(({ action }) => action === 'refund.tested')
		expect(row).toMatchObject({ reason: `'${formula}`, subject_id: "'+1" })
	})

	test('is refused to a role without it, to another site and to strangers, and leaves no line', async () => {
		const before = (await linesOf('?limit=1'))[0]?.row
		expect((await download('operator')).response.status).toBe(403)
		expect((await download('analyst')).response.status).toBe(403)
		expect((await download('owner', {}, { 'sec-fetch-site': 'cross-site' })).response.status).toBe(403)
		expect((await download('owner', {}, { cookie: '' })).response.status).toBe(302)
		expect((await linesOf('?limit=1'))[0]?.row).toBe(before)
	})

	test('reads any number of rows a slice at a time', async () => {
		for (let batch = 0; batch < 6; batch++)
			await inTransaction(house.services.db, (tx) =>
				appendAudit(
					tx,
					Array.from({ length: 200 }, (_, n) => ({
						merchant_id: house.demo.merchantId,
						actor: 'job:test',
						action: 'payout.tested',
						subject_id: 'po_test',
						payload: { n },
					})),
				),
			)
		const { text } = await download('owner', { subject: 'po_test' })
		const numbers = rowsOf(text).map(({ row }) => Number(row))
		expect(numbers).toHaveLength(1_200)
		expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
	})
})
