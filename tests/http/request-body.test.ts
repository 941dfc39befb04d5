import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const GOOD = '{"amount":1999,"currency":"eur"}'
const TWO_MEGABYTES = 2 * 1024 * 1024

/** Sends a body piece by piece: without a Content-Length, as a client does that does not know it yet. */
function sendChunks(
	path: string,
	chunks: readonly (string | Buffer)[],
	headers: Record<string, string>,
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = request(house.baseUrl + path, { method: 'POST', headers, agent: false }, (response) => {
			const parts: Buffer[] = []
			response.on('data', (part: Buffer) => parts.push(part))
			response.on('error', reject)
			response.on('end', () => {
				const text = Buffer.concat(parts).toString('utf8')
				const body = JSON.parse(text) as Record<string, unknown>
				const answered = new Headers(response.headers as Record<string, string>)
				resolve({ status: response.statusCode ?? 0, body, text, headers: answered })
			})
		})
		sent.on('error', reject)
		for (const chunk of chunks) sent.write(chunk)
		sent.end()
	})
}

describe.each(BOTH_DOORS)('through the %s', (_name, door) => {
	const headers = () => ({
		authorization: `Bearer ${house.demo.secretKey}`,
		'content-type': 'application/json',
		...door,
	})
	const post = (body: string, more: Record<string, string> = {}) =>
		house.call('POST', '/api/v1/payments', body, { ...door, ...more })

	test.each([
		['cut off', GOOD.slice(0, -1)],
		['no JSON at all', 'amount=1999&currency=eur'],
		['with a comma too many', '{"amount":1999,}'],
		['with single quotes', "{'amount':1999}"],
		['two values', `${GOOD}${GOOD}`],
		['blank', '   '],
		['with a byte order mark', `\ufeff${GOOD}`],
		['with an amount that is no number of JSON', '{"amount":NaN,"currency":"eur"}'],
		['with a raw NUL', '{"amount":1999,"currency":"e\u0000r"}'],
	])('JSON that is %s is refused', async (_what, body) => {
		const before = await countRows(house)
		expectRefusal(await post(body), 400, { code: 'invalid_json', param: 'body' })
		expect(await countRows(house)).toEqual(before)
	})

	test.each([
		['arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
		['objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
		['a value of metadata', `{"amount":1,"currency":"eur","metadata":${'['.repeat(100)}${']'.repeat(100)}}`],
	])('JSON nested too deep in %s is refused', async (_what, body) => {
		const before = await countRows(house)
		expectRefusal(await post(body), 400, { code: 'json_too_deep', param: 'body' })
		expect(await countRows(house)).toEqual(before)
	})

	test('a body of 2 MB is refused', async () => {
		const before = await countRows(house)
		const body = `{"amount":1999,"currency":"eur","description":"${'d'.repeat(TWO_MEGABYTES)}"}`
		expectRefusal(await post(body), 413, { code: 'body_too_large', param: 'body' })
		expect(await countRows(house)).toEqual(before)
	})

	test('a body of 2 MB that does not say how long it is is refused, and the answer arrives', async () => {
		const before = await countRows(house)
		const chunks = Array.from({ length: 32 }, () => randomBytes(TWO_MEGABYTES / 64).toString('hex'))
		const answer = await sendChunks('/api/v1/payments', chunks, headers())
		expectRefusal(answer, 413, { code: 'body_too_large', param: 'body' })
		expect(answer.headers.get('connection')).toBe('close')
		expect(await countRows(house)).toEqual(before)
	})

	test('clients whose large bodies were refused are answered when they call again', async () => {
		const large = 'd'.repeat(TWO_MEGABYTES)
		for (let turn = 0; turn < 3; turn++) {
			expectRefusal(await post(large), 413, { code: 'body_too_large', param: 'body' })
			expect(await post(GOOD)).toMatchObject({ status: 201 })
			expectRefusal(await post(large, { authorization: 'Bearer sk_test_wrong' }), 401, {
				code: 'api_key_invalid',
			})
			expect(await post(GOOD)).toMatchObject({ status: 201 })
		}
	})

	test('a good body in many pieces is one payment, also where a piece ends within a character', async () => {
		const bytes = Buffer.from('{"amount":1999,"currency":"eur","description":"Grüße 😀"}')
		const pieces = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
		const answer = await sendChunks('/api/v1/payments', pieces, headers())
		expect(answer).toMatchObject({ status: 201, body: { description: 'Grüße 😀' } })
	})

	test.each([
		'text/plain',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'nonsense',
	])('the content type %s is refused', async (type) => {
		const before = await countRows(house)
		const answer = await post(GOOD, { 'content-type': type })
		expectRefusal(answer, 415, { code: 'unsupported_content_type', param: 'Content-Type' })
		expect(await countRows(house)).toEqual(before)
	})

	test('a body without a content type is refused', async () => {
		const { authorization } = headers()
		const answer = await sendChunks('/api/v1/payments', [GOOD], { authorization, ...door })
		expectRefusal(answer, 415, { code: 'unsupported_content_type', param: 'Content-Type' })
	})

	test('a content type may name its charset, in any case of letters', async () => {
		const answer = await post(GOOD, { 'content-type': 'Application/JSON; charset=UTF-8' })
		expect(answer.status).toBe(201)
	})

	test('no body at all is an empty object, whose first missing field is named', async () => {
		const answer = await house.call('POST', '/api/v1/payments', undefined, door)
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: 'amount' })
	})
})
