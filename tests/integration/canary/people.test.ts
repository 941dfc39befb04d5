import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendMail } from '#jobs/catalog/mail.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { startSmtpSink, type SmtpSink } from '#tests/support/smtp-sink.ts'
import { addPerson, codeOf, cookieOf, logIn, setUpTotp, verify } from '../factors/people.ts'
import { runNow } from '../payments/by-hand.ts'
import { captureLog } from './captured-log.ts'
import { dump, linesWith } from './everywhere.ts'

// S12 for people: whatever proves who somebody is goes through its whole life; none of it may be found afterwards.

const EMAIL = 'canary@example.com'
const FIRST = 'canary wobbling turnip 7f3a9d2c'
const SECOND = 'canary seven umbrellas 51c8e0b4'
const WRONG = 'canary of somebody else 90ad77e1'
const KEY = { kind: 'restricted', name: 'Till', permissions: ['payments.read'] }
const SHORT = 'canary-3fa1'

let house: House
let sink: SmtpSink
let log: ReturnType<typeof captureLog>
const secrets = new Map<string, string>(Object.entries({ FIRST, SECOND, WRONG, SHORT }))
const answers: Answer[] = []

beforeAll(async () => {
	log = captureLog()
	sink = await startSmtpSink()
	const settings = { LOG_LEVEL: 'debug', SMTP_URL: sink.url, MAIL_FROM: 'Tillhouse <pay@tillhouse.test>' }
	house = await openHouse({ worker: false, webhooks: false, settings })
})
afterAll(async () => {
	await house.close()
	await sink.close()
	log.giveBack()
})

function learn(name: string, secret: unknown): string {
	expect(secret, name).toEqual(expect.stringMatching(/.{10}/))
	secrets.set(name, String(secret))
	return String(secret)
}

async function post(path: string, body: object, authorization = '', method = 'POST'): Promise<Answer> {
	const answer = await house.call(method, `/api/v1${path}`, body, { authorization })
	answers.push(answer)
	return answer
}

/** Of the last letter that went out, as its reader would see it. */
async function linkByMail(name: string): Promise<string> {
	await runNow(house, sendMail)
	const text =
		sink.mails
			.at(-1)
			?.data.replaceAll(/=\r?\n/g, '')
			.replaceAll('=3D', '=') ?? ''
	return learn(name, /[?&]token=([\w-]{43})/.exec(text)?.[1])
}

describe('a person by API', () => {
	test('signs up, with a password that is too short first, and proves the address by its link', async () => {
		const who = { email: EMAIL, name: 'Ada Lace', merchant_name: 'Lace & Co' }
		expect(await post('/auth/signup', { ...who, password: SHORT })).toMatchObject({ status: 400 })
		expect(await post('/auth/signup', { ...who, password: FIRST })).toMatchObject({ status: 202 })
		const token = await linkByMail('link to confirm')
		expect(await post('/auth/verify-email', { token })).toMatchObject({ status: 200 })
		expect(await post('/auth/verify-email', { token })).toMatchObject({ status: 400 })
	})

	test('logs in, renews the tokens, uses an old one twice, and makes, rolls and revokes a key', async () => {
		expect(await post('/auth/login', { email: EMAIL, password: WRONG })).toMatchObject({ status: 401 })
		const { body } = await post('/auth/login', { email: EMAIL, password: FIRST })
		const access = `Bearer ${learn('access token', body['access_token'])}`
		const refresh = learn('refresh token', body['refresh_token'])

		const made = await post('/api-keys', KEY, access)
		const key = learn('key', made.body['key'])
		expect(await post('/fx/quotes', { amount: 1 }, `Bearer ${key}`)).toMatchObject({ status: 403 })
		expect(await post('/payments', { amount: 1 }, `Bearer ${key}x`)).toMatchObject({ status: 401 })
		const rolled = await post(`/api-keys/${String(made.body['id'])}/roll`, {}, access)
		learn('rolled key', rolled.body['key'])
		expect(await post(`/api-keys/${String(rolled.body['id'])}`, {}, access, 'DELETE')).toMatchObject({
			status: 200,
		})

		const renewed = await post('/auth/refresh', { refresh_token: refresh })
		learn('second access token', renewed.body['access_token'])
		const next = learn('second refresh token', renewed.body['refresh_token'])
		await post('/auth/refresh', { refresh_token: next })
		expect(await post('/auth/refresh', { refresh_token: refresh })).toMatchObject({ status: 401 })
	})

	test('asks for a new password and gives one', async () => {
		await post('/auth/forgot-password', { email: EMAIL })
		const token = await linkByMail('link to a new password')
		expect(await post('/auth/reset-password', { token, password: SHORT })).toMatchObject({ status: 400 })
		expect(await post('/auth/reset-password', { token, password: SECOND })).toMatchObject({ status: 200 })
		expect(await post('/auth/reset-password', { token, password: WRONG })).toMatchObject({ status: 400 })
	})
})

test('a person in the browser sets up a second factor and logs in with it and with a backup code', async () => {
	const person = await addPerson(house)
	await logIn(person, WRONG)
	await logIn(person)
	learn('first session', cookieOf(person))
	const { secret, codes } = await setUpTotp(house, person)
	learn('seed', secret)
	learn('used backup code', codes[0])
	learn('kept backup code', codes[1])
	for (const code of ['000000', codeOf(secret, 1), codes[0] ?? '']) {
		await logIn(person)
		await verify(person, { code })
	}
	learn('last session', cookieOf(person))
})

test('nothing of it is in the log, in the database, in a job or in a refusal', async () => {
	const kept = await dump(house)
	for (const table of ['public.users', 'public.sessions', 'public.totp_factors', 'public.refresh_tokens'])
		expect(kept, 'the dump holds what belongs to them').toContain(table)
	expect(kept).toMatch(/"name":"mail\.send"/)
	expect(log.text().length).toBeGreaterThan(100)
	const refused = answers.filter(({ status }) => status >= 400).map(({ text }) => text)
	expect(refused.length).toBeGreaterThan(6)
	expect(secrets.size).toBeGreaterThan(15)
	for (const [name, secret] of secrets) {
		for (const [where, text] of Object.entries({ log: log.text(), kept, refused: refused.join('\n') }))
			expect({ name, where, lines: linesWith(text, secret) }).toEqual({ name, where, lines: [] })
	}
})
