import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueTokens } from '#app/commands/tokens/issue-tokens.server.ts'
import { rotateSigningKey } from '#app/commands/tokens/signing-keys.server.ts'
import { readAccessToken } from '#app/credentials/access-token.server.ts'
import { hashOfOpaqueToken } from '#app/credentials/opaque-token.server.ts'
import { inTransaction } from '#db/client.ts'
import type { Answer, House } from '#tests/support/house.ts'
import { expectRefusal } from '../../http/refusal.ts'
import { many, openPair, type Pair } from '../races/two-instances.ts'

let pair: Pair
let first: House
let second: House
let userId: string
beforeAll(async () => {
	pair = await openPair({ worker: false })
	;[first, second] = pair.houses
	const owner = await first.owner
		.selectFrom('users')
		.select('id')
		.where('email', '=', first.demo.owner.email)
		.executeTakeFirstOrThrow()
	userId = owner.id
})
afterAll(() => pair.close())

const logIn = ({ services, demo: { merchantId } }: House = first) =>
	inTransaction(services.db, (tx) => issueTokens(tx, services, { userId, merchantId }))
const refresh = (refresh_token: string, house: House = first) =>
	house.call('POST', '/api/v1/auth/refresh', { refresh_token }, { authorization: '' })
const tokenIn = ({ body }: Answer) => String(body['refresh_token'])
/** Who the second instance's access token names, checked with what the first knows. */
const namedBy = ({ body }: Answer) =>
	readAccessToken(String(body['access_token']), {
		issuer: second.services.env.http.baseUrl,
		now: new Date(),
		findKey: first.services.signingKeys.find,
	})
const familyOf = async (token: string) =>
	first.owner
		.selectFrom('token_families')
		.innerJoin('refresh_tokens', 'refresh_tokens.family_id', 'token_families.id')
		.selectAll('token_families')
		.where('token_hash', '=', hashOfOpaqueToken(token))
		.executeTakeFirstOrThrow()
/** As if a token had been used that long ago. */
const spentAgo = (token: string, ms: number) =>
	first.owner
		.updateTable('refresh_tokens')
		.set({ spent_at: new Date(Date.now() - ms) })
		.where('token_hash', '=', hashOfOpaqueToken(token))
		.execute()
const auditOf = (familyId: string) =>
	first.owner.selectFrom('audit_log').selectAll().where('subject_id', '=', familyId).execute()

let token = ''
beforeEach(async () => {
	token = (await logIn()).refreshToken
})

test('each refresh answers with the next pair, at any instance; only hashes are kept', async () => {
	const one = await refresh(token)
	const two = await refresh(tokenIn(one), second)
	expect(one).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 600 } })
	expect(two.status).toBe(200)
	const family = await familyOf(token)
	expect(await namedBy(two)).toEqual({
		userId,
		sessionId: family.id,
		merchantId: first.demo.merchantId,
	})
	expect(new Set([token, tokenIn(one), tokenIn(two)]).size).toBe(3)
	const rows = await first.owner.selectFrom('refresh_tokens').selectAll().execute()
	for (const secret of [token, tokenIn(one), tokenIn(two)]) expect(JSON.stringify(rows)).not.toContain(secret)
})

describe('a lost answer', () => {
	test('asked again at once, the same successor comes, once', async () => {
		const one = await refresh(token)
		const again = await refresh(token, second)
		expect(again.status).toBe(200)
		expect(tokenIn(again)).toBe(tokenIn(one))
		expectRefusal(await refresh(token), 401, { code: 'refresh_token_invalid' })
		expectRefusal(await refresh(tokenIn(one)), 401, { code: 'refresh_token_invalid' })
	})

	test('after ten seconds it is a second use: nobody goes on with this log-in', async () => {
		const one = await refresh(token)
		await spentAgo(token, 10_500)
		expectRefusal(await refresh(token), 401, { code: 'refresh_token_invalid' })
		expectRefusal(await refresh(tokenIn(one)), 401, { code: 'refresh_token_invalid' })
		const family = await familyOf(token)
		expect(family).toMatchObject({ revoke_reason: 'refresh_token_reused' })
		expect(await auditOf(family.id)).toMatchObject([
			{ action: 'tokens.revoked', actor: `api:${userId}`, reason: 'refresh_token_reused' },
		])
	})

	test('once the successor was used, its predecessor is a stolen one', async () => {
		const one = await refresh(token)
		const two = await refresh(tokenIn(one))
		expectRefusal(await refresh(token), 401, { code: 'refresh_token_invalid' })
		expectRefusal(await refresh(tokenIn(two)), 401, { code: 'refresh_token_invalid' })
	})
})

test('64 at once with one token, at two instances: one pair, shared by two at most, then the log-in ends', async () => {
	const answers = await pair.rush(
		many(() => ({
			path: '/api/v1/auth/refresh',
			body: { refresh_token: token },
			headers: { authorization: '' },
		})),
	)
	const good = answers.filter(({ status }) => status === 200)
	expect(good).toHaveLength(2)
	expect(new Set(good.map(tokenIn)).size).toBe(1)
	for (const answer of answers) expect([200, 401]).toContain(answer.status)
	const family = await familyOf(token)
	expect(family.revoke_reason).toBe('refresh_token_reused')
	expect(await auditOf(family.id)).toHaveLength(1)
	const made = await first.owner
		.selectFrom('refresh_tokens')
		.select('token_hash')
		.where('family_id', '=', family.id)
		.execute()
	expect(made).toHaveLength(2)
})

describe('a log-in ends', () => {
	test('by logging out, once and again', async () => {
		const logOut = () =>
			first.call('POST', '/api/v1/auth/logout', { refresh_token: token }, { authorization: '' })
		expect((await logOut()).status).toBe(200)
		expect((await logOut()).status).toBe(200)
		expectRefusal(await refresh(token), 401, { code: 'refresh_token_invalid' })
		const family = await familyOf(token)
		expect(await auditOf(family.id)).toMatchObject([{ reason: 'logged_out' }])
	})

	test('after thirty days, however often it was refreshed', async () => {
		const next = tokenIn(await refresh(token))
		const { id, expires_at } = await familyOf(next)
		const days = (expires_at.getTime() - Date.now()) / 86_400_000
		expect(days).toBeLessThanOrEqual(30)
		await first.owner
			.updateTable('token_families')
			.set({ expires_at: new Date() })
			.where('id', '=', id)
			.execute()
		expectRefusal(await refresh(next), 401, { code: 'refresh_token_invalid' })
	})

	test('with the membership', async () => {
		const manager = await first.owner
			.selectFrom('users')
			.select('id')
			.where('email', '=', first.demo.manager.email)
			.executeTakeFirstOrThrow()
		const { merchantId } = first.demo
		const theirs = await inTransaction(first.services.db, (tx) =>
			issueTokens(tx, first.services, { userId: manager.id, merchantId }),
		)
		await first.owner.deleteFrom('memberships').where('user_id', '=', manager.id).execute()
		expectRefusal(await refresh(theirs.refreshToken), 401, { code: 'refresh_token_invalid' })
	})
})

test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(44), 'A'.repeat(201), 'é'.repeat(43), "' or 1=1 --"])(
	'%j refreshes nothing',
	async (text) => {
		const answer = await refresh(text)
		if (text.length === 0 || text.length > 200) {
			expectRefusal(answer, 400, { code: 'parameter_invalid', param: 'refresh_token' })
		} else expectRefusal(answer, 401, { code: 'refresh_token_invalid' })
	},
)

test('an access token is no refresh token', async () => {
	const { accessToken } = await logIn()
	const answer = await refresh(accessToken)
	expect(answer.status).toBe(400)
})

test('after a rotation the new key signs, and what the old one signed still holds', async () => {
	const { owner, services } = first
	const issuer = services.env.http.baseUrl
	const before = await logIn()
	const { kid: old } = await services.signingKeys.current()
	const kid = await rotateSigningKey(services)
	const signing = await owner
		.selectFrom('signing_keys')
		.select('kid')
		.where('retired_at', 'is', null)
		.execute()
	expect(signing).toEqual([{ kid }])
	expect(kid).not.toBe(old)
	const check = (found: House) =>
		readAccessToken(before.accessToken, { issuer, now: new Date(), findKey: found.services.signingKeys.find })
	expect(await check(first)).toMatchObject({ userId })
	expect(await check(second)).toMatchObject({ userId })
	expect(await second.services.signingKeys.find(kid)).toMatchObject({ kty: 'OKP', crv: 'Ed25519' })
})
