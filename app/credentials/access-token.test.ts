import {
	createHmac,
	createPrivateKey,
	createPublicKey,
	sign,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto'
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import {
	ACCESS_TOKEN_SECONDS,
	newSigningKey,
	readAccessToken,
	signAccessToken,
	type SigningKey,
} from './access-token.server.ts'

const ISSUER = 'https://till.example'
const NOW = new Date('2026-03-01T12:00:00Z')
const seconds = NOW.getTime() / 1_000
const WHO = { userId: 'usr_1', sessionId: 'ses_1', merchantId: 'mer_1' }

let key: SigningKey & { publicJwk: JWK }
let asked: string[] = []
beforeAll(async () => {
	key = await newSigningKey()
})

const findKey = (kid: string) => {
	asked.push(kid)
	return Promise.resolve(kid === key.kid ? key.publicJwk : undefined)
}
const read = (token: string, now = NOW) => {
	asked = []
	return readAccessToken(token, { issuer: ISSUER, now, findKey })
}
const genuine = () => signAccessToken(WHO, { key, issuer: ISSUER, now: NOW })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const CLAIMS = () => ({
	sub: WHO.userId,
	sid: WHO.sessionId,
	mid: WHO.merchantId,
	iss: ISSUER,
	aud: `${ISSUER}/api`,
	iat: seconds,
	nbf: seconds,
	exp: seconds + ACCESS_TOKEN_SECONDS,
})
const HEADER = () => ({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid })

type Forgery = { header?: object; claims?: object; by?: SigningKey; signature?: (text: string) => string }

/** A token as somebody else would put it together; by default signed with our own key. */
function forge({ header = {}, claims = {}, by = key, signature }: Forgery): string {
	const text = `${part({ ...HEADER(), ...header })}.${part({ ...CLAIMS(), ...claims })}`
	if (signature) return `${text}.${signature(text)}`
	return `${text}.${sign(null, Buffer.from(text), privateKeyOf(by)).toString('base64url')}`
}

const privateKeyOf = ({ privateJwk }: SigningKey): KeyObject =>
	createPrivateKey({ key: privateJwk as JsonWebKey, format: 'jwk' })

test('our own token names person, log-in and merchant', async () => {
	expect(await read(await genuine())).toEqual(WHO)
	expect(await read(forge({}))).toEqual(WHO)
})

describe('algorithms', () => {
	test.each(['none', 'None', 'nOnE', 'NONE', ''])('alg %j is nobody, signed or not', async (alg) => {
		expect(await read(forge({ header: { alg }, signature: () => '' }))).toBeNull()
		expect(await read(forge({ header: { alg } }))).toBeNull()
		expect(await read(forge({ header: { alg }, signature: () => 'AA' }))).toBeNull()
	})

	test('a MAC made with the public key is no signature', async () => {
		const publicKey = (await importJWK(key.publicJwk, 'EdDSA', { extractable: true })) as never
		const pem = await exportSPKI(publicKey)
		const raw = Buffer.from(String(key.publicJwk.x), 'base64url')
		for (const secret of [pem, pem.trim(), raw, JSON.stringify(key.publicJwk)]) {
			for (const alg of ['HS256', 'HS512', 'EdDSA']) {
				const signature = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
				expect(await read(forge({ header: { alg }, signature }))).toBeNull()
			}
		}
	})

	test.each(['ES256', 'RS256', 'PS256', 'Ed448', 'eddsa'])('%s is not asked for', async (alg) => {
		expect(await read(forge({ header: { alg } }))).toBeNull()
	})
})

describe('keys', () => {
	test.each([
		'../../etc/passwd',
		"' or 1=1 --",
		'/dev/null',
		'',
		0,
		null,
		{ $ne: '' },
		['x'],
		'https://evil.example/key',
		'__proto__',
	])('kid %j opens nothing and asks nobody', async (kid) => {
		expect(await read(forge({ header: { kid } }))).toBeNull()
		expect(asked).toEqual([])
	})

	test('a stranger’s key signs nothing, wherever its header says it is found', async () => {
		const strangers = await newSigningKey()
		expect(await read(forge({ by: strangers }))).toBeNull()
		expect(await read(forge({ by: strangers, header: { kid: strangers.kid } }))).toBeNull()
		for (const header of [
			{ jwk: strangers.publicJwk },
			{ jku: 'https://evil.example/jwks.json' },
			{ x5u: 'https://evil.example/cert.pem' },
			{ x5c: ['MIIB'] },
		]) {
			expect(await read(forge({ by: strangers, header }))).toBeNull()
		}
		expect(new Set(asked)).toEqual(new Set([key.kid]))
	})

	test('a header with a key in it is nobody’s, be it signed by us', async () => {
		const { publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
		expect(await read(forge({ header: { jwk: await exportJWK(publicKey) } }))).toBeNull()
	})
})

describe('what it says', () => {
	test.each([
		[{ typ: 'JWT' }],
		[{ typ: 'rt+jwt' }],
		[{ typ: undefined }],
		[{ crit: ['exp'] }],
		[{ crit: ['b64'], b64: false }],
	])('header %j', async (header) => {
		expect(await read(forge({ header }))).toBeNull()
	})

	test.each([
		[{ iss: 'https://evil.example' }],
		[{ iss: undefined }],
		[{ iss: `${ISSUER}/` }],
		[{ aud: ISSUER }],
		[{ aud: 'another' }],
		[{ aud: undefined }],
		[{ aud: [] }],
		[{ sub: undefined }],
		[{ sub: '' }],
		[{ sid: undefined }],
		[{ sid: 1 }],
		[{ mid: undefined }],
		[{ mid: null }],
		[{ mid: ['mer_1'] }],
		[{ exp: undefined }],
		[{ nbf: undefined }],
		[{ iat: undefined }],
		[{ exp: String(seconds + 600) }],
		[{ exp: seconds - 6 }],
		[{ nbf: seconds + 6 }],
		[{ iat: seconds + 60 }],
		// Ours live ten minutes; one that says an hour is not ours.
		[{ iat: seconds - 3_000, exp: seconds + 600 }],
	])('claims %j', async (claims) => {
		expect(await read(forge({ claims }))).toBeNull()
	})

	test.each([
		[0, true],
		[ACCESS_TOKEN_SECONDS - 1, true],
		[ACCESS_TOKEN_SECONDS + 4, true],
		[ACCESS_TOKEN_SECONDS + 5, false],
		[ACCESS_TOKEN_SECONDS + 3_600, false],
		[-5, true],
		[-6, false],
	])('%i seconds after it was made it holds: %s', async (later, holds) => {
		const at = new Date(NOW.getTime() + later * 1_000)
		expect((await read(await genuine(), at)) !== null).toBe(holds)
	})
})

describe('another spelling', () => {
	test('one changed bit anywhere', async () => {
		const token = await genuine()
		for (let place = 0; place < token.length; place += 7) {
			const other = token[place] === 'A' ? 'B' : 'A'
			if (token[place] === '.') continue
			expect(await read(token.slice(0, place) + other + token.slice(place + 1))).toBeNull()
		}
	})

	test('bits that base64url ignores', async () => {
		const token = await genuine()
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
		const last = alphabet.indexOf(token.at(-1) ?? '')
		const twin = token.slice(0, -1) + alphabet[last ^ 1]
		expect(Buffer.from(twin.split('.')[2] ?? '', 'base64url')).toEqual(
			Buffer.from(token.split('.')[2] ?? '', 'base64url'),
		)
		expect(await read(twin)).toBeNull()
	})

	test.each([
		(token: string) => `${token}=`,
		(token: string) => `${token} `,
		(token: string) => `${token}\n`,
		(token: string) => `${token}.`,
		(token: string) => `.${token}`,
		(token: string) => `${token}.AAAA`,
		(token: string) => token.replaceAll('-', '+').replaceAll('_', '/').concat('='),
		(token: string) => token.split('.').slice(0, 2).join('.'),
		(token: string) => Buffer.from(token).toString('base64url'),
		(token: string) => token.padEnd(3_000, 'A'),
		() => 'e30.e30.e30',
		() => '..',
		() => '',
	])('shape %#', async (bend) => {
		expect(await read(bend(await genuine()))).toBeNull()
	})

	test('a token within a token', async () => {
		const inner = await genuine()
		const text = `${part({ ...HEADER(), cty: 'JWT' })}.${Buffer.from(inner).toString('base64url')}`
		const nested = `${text}.${sign(null, Buffer.from(text), privateKeyOf(key)).toString('base64url')}`
		expect(await read(nested)).toBeNull()
	})
})

test('a database that cannot say which keys there are is not an invalid token', async () => {
	const away = readAccessToken(await genuine(), {
		issuer: ISSUER,
		now: NOW,
		findKey: () => Promise.reject(new Error('the database is away')),
	})
	await expect(away).rejects.toThrow('the database is away')
})

test('what is handed out to check with cannot sign', () => {
	expect(key.publicJwk).not.toHaveProperty('d')
	expect(() => createPublicKey({ key: key.publicJwk as JsonWebKey, format: 'jwk' })).not.toThrow()
})
