import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { action as passkeyAction } from '#app/routes/auth/passkey.ts'
import { loader as consoleLoader } from '#app/routes/console/layout.tsx'
import { action as offerAction } from '#app/routes/console/passkey-offer.ts'
import { action as stepUpAction } from '#app/routes/console/step-up.ts'
import { createAuthenticator, type Authenticator } from '#tests/support/authenticator.ts'
import { browse } from '#tests/support/browsing.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { addPerson, change, cookieOf, growStale, logIn, verify, type Person } from './people.ts'

let house: House
const ORIGIN = 'http://localhost:4999'
beforeAll(async () => {
	// Browsers take no address for the name of a key: the app says localhost.
	house = await openHouse({ worker: false, webhooks: false, settings: { BASE_URL: ORIGIN } })
})
afterAll(() => house.close())

const OPTIONS = { intent: 'options' }

async function offerTo({ browser }: Person): Promise<PublicKeyCredentialCreationOptionsJSON> {
	const offered = await browser.post(offerAction, '/console/profile/passkey-offer', OPTIONS)
	return offered.data as PublicKeyCredentialCreationOptionsJSON
}

const asked = async ({ browser }: Pick<Person, 'browser'>): Promise<PublicKeyCredentialRequestOptionsJSON> =>
	(await browser.post(passkeyAction, '/login/passkey', OPTIONS)).data as PublicKeyCredentialRequestOptionsJSON

const logInWith = ({ browser }: Pick<Person, 'browser'>, answer: unknown) =>
	browser.post(passkeyAction, '/login/passkey', { intent: 'finish', response: JSON.stringify(answer) })

const add = (person: Person, answer: unknown) =>
	change(person, { intent: 'add-passkey', name: 'Laptop', response: JSON.stringify(answer) })

async function withPasskey(): Promise<{ person: Person; key: Authenticator }> {
	const person = await addPerson(house)
	await logIn(person)
	const key = createAuthenticator(ORIGIN)
	expect(await add(person, key.create(await offerTo(person)))).toMatchObject({
		status: 200,
		data: { ok: true },
	})
	person.browser.cookies.clear()
	return { person, key }
}

const nobody = () => ({ browser: browse(house) })
const isIn = async ({ browser }: Pick<Person, 'browser'>): Promise<boolean> =>
	(await browser.get(consoleLoader, '/console')).status === 200

describe('a passkey', () => {
	test('logs its owner in without a name or a password', async () => {
		const { key } = await withPasskey()
		const visitor = nobody()
		const options = await asked(visitor)
		expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
		expect(await logInWith(visitor, key.get(options))).toMatchObject({ status: 302, location: '/console' })
		expect(await isIn(visitor)).toBe(true)
	})

	test('is on record from the moment it is there', async () => {
		const { person } = await withPasskey()
		const audit = await house.owner
			.selectFrom('audit_log')
			.select(['actor', 'payload'])
			.where('action', '=', 'factor.added')
			.where('subject_id', '=', person.userId)
			.execute()
		expect(audit).toEqual([{ actor: `console:${person.userId}`, payload: { factor: 'passkey' } }])
	})

	test('is a second factor after the password', async () => {
		const { person, key } = await withPasskey()
		expect((await logIn(person)).location).toContain('/login/verify')
		const options = await asked(person)
		expect(options.allowCredentials).toHaveLength(1)
		expect(await verify(person, { response: JSON.stringify(key.get(options)) })).toMatchObject({
			status: 302,
		})
		expect(await isIn(person)).toBe(true)
	})

	test('gives ten backup codes when it is the first factor, and can be renamed and removed', async () => {
		const { person, key } = await withPasskey()
		await logInWith(person, key.get(await asked(person)))
		const rows = () =>
			house.owner.selectFrom('passkeys').select(['id', 'name']).where('user_id', '=', person.userId).execute()
		const [row] = await rows()
		expect(row?.name).toBe('Laptop')
		const passkey = row?.id ?? ''
		expect(await change(person, { intent: 'rename-passkey', passkey, name: 'Phone' })).toMatchObject({
			status: 200,
		})
		expect(await change(person, { intent: 'rename-passkey', passkey, name: ' ' })).toMatchObject({
			status: 400,
		})
		const other = await addPerson(house)
		await logIn(other)
		expect(await change(other, { intent: 'remove-passkey', passkey })).toMatchObject({ status: 400 })
		expect((await rows())[0]?.name).toBe('Phone')
		expect(await change(person, { intent: 'remove-passkey', passkey })).toMatchObject({ status: 200 })
		expect(await rows()).toEqual([])
		expect(await logInWith(nobody(), key.get(await asked(nobody())))).toMatchObject({ status: 400 })
	})

	test('proves once more who it is, under a new session id', async () => {
		const { person, key } = await withPasskey()
		await logInWith(person, key.get(await asked(person)))
		await growStale(house, person)
		const before = cookieOf(person)
		const offered = await person.browser.post(stepUpAction, '/console/step-up', OPTIONS)
		const response = JSON.stringify(key.get(offered.data as PublicKeyCredentialRequestOptionsJSON))
		expect(await person.browser.post(stepUpAction, '/console/step-up', { response })).toMatchObject({
			status: 200,
			data: { ok: true },
		})
		expect(cookieOf(person)).not.toBe(before)
	})
})

describe('is refused', () => {
	test('an answer that was given before', async () => {
		const { key } = await withPasskey()
		const answer = key.get(await asked(nobody()))
		expect((await logInWith(nobody(), answer)).status).toBe(302)
		expect(await logInWith(nobody(), answer)).toMatchObject({ status: 400 })
	})

	test('a challenge that was answered wrongly once', async () => {
		const { key } = await withPasskey()
		const options = await asked(nobody())
		const answer = key.get(options)
		const forged = { ...answer, response: { ...answer.response, signature: 'MEUCIQ' } }
		expect((await logInWith(nobody(), forged)).status).toBe(400)
		expect((await logInWith(nobody(), key.get(options))).status).toBe(400)
	})

	test('a challenge nobody gave, one that is over, and one given for something else', async () => {
		const { person, key } = await withPasskey()
		expect((await logInWith(nobody(), key.get({ challenge: 'AAAA' }))).status).toBe(400)

		const late = await asked(nobody())
		await house.owner.updateTable('webauthn_challenges').set({ expires_at: new Date() }).execute()
		expect((await logInWith(nobody(), key.get(late))).status).toBe(400)

		const forLogIn = await asked(nobody())
		await logIn(person)
		expect((await verify(person, { response: JSON.stringify(key.get(forLogIn)) })).status).toBe(400)
		expect(await isIn(person)).toBe(false)
	})

	test('a challenge given to another person', async () => {
		const { person } = await withPasskey()
		const other = await withPasskey()
		await logIn(person)
		await logIn(other.person)
		const theirs = await asked(person)
		const mine = JSON.stringify(other.key.get(theirs))
		expect((await verify(person, { response: mine })).status, 'another’s key').toBe(400)
		expect((await verify(other.person, { response: mine })).status, 'another’s challenge').toBe(400)
	})

	test('a page of another site, a key without a check of who holds it, and a copied key', async () => {
		const { key } = await withPasskey()
		const elsewhere = createAuthenticator('https://tillhouse.evil.test')
		const person = await addPerson(house)
		await logIn(person)
		expect((await add(person, elsewhere.create(await offerTo(person)))).status).toBe(400)
		const careless = createAuthenticator(ORIGIN, { verifies: false })
		expect((await add(person, careless.create(await offerTo(person)))).status).toBe(400)

		for (let i = 0; i < 2; i++)
			expect((await logInWith(nobody(), key.get(await asked(nobody())))).status).toBe(302)
		key.rewind()
		expect((await logInWith(nobody(), key.get(await asked(nobody())))).status).toBe(400)
	})

	test('the key of another person, brought for oneself', async () => {
		const { key } = await withPasskey()
		const person = await addPerson(house)
		await logIn(person)
		expect((await add(person, key.create(await offerTo(person)))).status).toBe(400)
	})

	test.each([
		['nothing', ''],
		['no JSON', '{'],
		['another shape', '{"id":"a"}'],
		['too much', 'x'.repeat(70_000)],
	])('%s instead of an answer', async (_, response) => {
		const visitor = nobody()
		const refused = await visitor.browser.post(passkeyAction, '/login/passkey', {
			intent: 'finish',
			response,
		})
		expect(refused).toMatchObject({ status: 400 })
	})
})
