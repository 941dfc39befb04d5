import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { signIn } from '#tests/support/people.ts'
import { addPerson, codeOf, logIn, PASSWORD, setUpTotp, type Person } from '../integration/factors/people.ts'
import { expectRefusal } from './refusal.ts'

let address = '203.0.113.7'
let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, clientIp: () => address })
})
afterAll(() => house.close())

let networks = 0
/** A network nobody came from before. */
const fromElsewhere = () => (address = `2001:db8:9:${(networks += 1).toString(16)}::1`)

const NOBODY = { authorization: '' }
const ask = (body: unknown, path = '/api/v1/auth/login') => house.call('POST', path, body, NOBODY)
const enter = ({ email }: Person, more: object = {}) => ask({ email, password: PASSWORD, ...more })
const bearer = ({ body }: Answer) => ({ authorization: `Bearer ${String(body['access_token'])}` })
const me = (by: Answer) => house.call('GET', '/api/v1/users/me', undefined, bearer(by))
const logInsOf = ({ userId }: Person) =>
	house.owner.selectFrom('token_families').select('id').where('user_id', '=', userId).execute()
const openedBy = ({ userId }: Person) =>
	house.owner
		.selectFrom('audit_log')
		.select(['actor', 'payload'])
		.where('subject_id', '=', userId)
		.where('action', '=', 'session.opened')
		.where('actor', '=', `api:${userId}`)
		.orderBy('seq')
		.execute()

async function withTotp() {
	fromElsewhere()
	const person = await addPerson(house)
	await logIn(person)
	return { person, ...(await setUpTotp(house, person)) }
}

describe('an e-mail address and its password', () => {
	test.each(['/api/v1/auth/login', '/api/auth/login', '/users/login'])(
		'are exchanged at %s for the person and a pair of tokens',
		async (path) => {
			const person = await addPerson(house)
			const answer = await ask({ email: ` ${person.email.toUpperCase()}`, password: PASSWORD }, path)
			expect(answer).toMatchObject({
				status: 200,
				body: {
					object: 'login',
					token_type: 'Bearer',
					expires_in: 600,
					user: { object: 'user', id: person.userId, email: person.email },
				},
			})
			expect(answer.headers.get('cache-control')).toBe('no-store')
			expect(await me(answer)).toMatchObject({ status: 200, body: answer.body['user'] as object })
			const refresh_token = answer.body['refresh_token']
			expect((await ask({ refresh_token }, '/api/v1/auth/refresh')).status).toBe(200)
			expect(await openedBy(person)).toEqual([
				{ actor: `api:${person.userId}`, payload: { proof: 'password' } },
			])
		},
	)

	test('that are wrong are refused alike, whether the address is known or not', async () => {
		const { email } = await addPerson(house)
		const told = async (address: string) => {
			const answer = await ask({ email: address, password: 'not the password', code: '123456' })
			expectRefusal(answer, 401, { code: 'credentials_wrong', type: 'authentication_error' })
			return (answer.body['error'] as { message: string }).message
		}
		expect(await told(email)).toBe(await told('nobody.at.all@example.com'))
	})

	test('are counted together with those typed into the page, and from elsewhere the owner gets in', async () => {
		const person = await addPerson(house)
		const clientIp = fromElsewhere()
		const wrong = { password: 'not the password' }
		const tries: number[] = []
		for (let n = 0; n < 3; n += 1) tries.push((await enter(person, wrong)).status)
		for (let n = 0; n < 2; n += 1)
			tries.push((await signIn(house, person.email, wrong.password, { clientIp })).status)
		expect(tries).toEqual([401, 401, 401, 400, 400])
		const refused = await enter(person)
		expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_attempts' } } })
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
		fromElsewhere()
		expect((await enter(person)).status).toBe(200)
	})
})

describe('whoever has a second factor', () => {
	test('gets nothing for the password alone', async () => {
		const { person } = await withTotp()
		expectRefusal(await enter(person), 403, {
			code: 'second_factor_required',
			type: 'permission_error',
			param: 'code',
		})
		expect(await logInsOf(person)).toEqual([])
	})

	test('gets in by a code of the app, which counts once though two bring it at once', async () => {
		const { person, secret } = await withTotp()
		const code = codeOf(secret)
		const answers = await Promise.all([enter(person, { code }), enter(person, { code })])
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
		expectRefusal(await enter(person, { code }), 400, { code: 'code_wrong', param: 'code' })
		expect(await logInsOf(person)).toHaveLength(1)
		expect(await openedBy(person)).toMatchObject([{ payload: { proof: 'totp' } }])
	})

	test('gets in by a backup code, once', async () => {
		const { person, codes } = await withTotp()
		const code = codes[3]
		expect((await enter(person, { code })).status).toBe(200)
		expectRefusal(await enter(person, { code }), 400, { code: 'code_wrong', param: 'code' })
		expect(await openedBy(person)).toMatchObject([{ payload: { proof: 'backup_code' } }])
	})

	test('has ten tries, and a right code is not heard after them', async () => {
		const { person, codes } = await withTotp()
		for (let n = 0; n < 10; n += 1) {
			fromElsewhere()
			expectRefusal(await enter(person, { code: 'neither' }), 400, { code: 'code_wrong', param: 'code' })
		}
		const refused = await enter(person, { code: codes[0] })
		expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_tries' } } })
		expect(await logInsOf(person)).toEqual([])
	})
})

test('where the team asks for a factor, a token of somebody without one reads, and moves no money', async () => {
	fromElsewhere()
	const person = await addPerson(house)
	await house.owner
		.updateTable('merchants')
		.set({ require_second_factor: true })
		.where('id', '=', person.merchantId)
		.execute()
	const refundBy = (by: Answer) =>
		house.call('POST', `/api/v1/payments/${newId('pay')}/refund`, { amount: 1 }, bearer(by))
	const without = await enter(person)
	expect((await house.call('GET', '/api/v1/payments', undefined, bearer(without))).status).toBe(200)
	expectRefusal(await refundBy(without), 403, { code: 'second_factor_required', type: 'permission_error' })

	await logIn(person)
	const { secret } = await setUpTotp(house, person)
	expectRefusal(await me(without), 401, { code: 'access_token_invalid' })
	const refresh_token = without.body['refresh_token']
	expectRefusal(await ask({ refresh_token }, '/api/v1/auth/refresh'), 401, { code: 'refresh_token_invalid' })
	expect((await refundBy(await enter(person, { code: codeOf(secret) }))).status).toBe(404)
})

test.each([
	[{}, 'email'],
	[{ email: 'ada@example.com' }, 'password'],
	[{ email: ['ada@example.com'], password: PASSWORD }, 'email'],
	[{ email: `${'a'.repeat(250)}@b.test`, password: PASSWORD }, 'email'],
	[{ email: 'ada@example.com', password: '' }, 'password'],
	[{ email: 'ada@example.com', password: PASSWORD, code: 123_456 }, 'code'],
	[{ email: 'ada@example.com', password: PASSWORD, code: '1'.repeat(65) }, 'code'],
	[{ email: 'ada@example.com', password: PASSWORD, merchant_id: 'mer_1' }, 'merchant_id'],
])('%j is refused, naming %s', async (body, param) => {
	expectRefusal(await ask(body), 400, { code: expect.any(String) as string, param })
})
