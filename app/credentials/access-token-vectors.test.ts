import {
	createHmac,
	createPrivateKey,
	generateKeyPairSync,
	sign,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto'
import type { JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { newSigningKey, readAccessToken, type SigningKey } from './access-token.server.ts'

// Forgeries after Project Wycheproof and RFC 8725. Most are signed with our own key: what is refused is what they say.

const ISSUER = 'https://till.example'
const NOW = new Date('2026-03-01T12:00:00Z')
const seconds = NOW.getTime() / 1_000
const CLAIMS = {
	sid: 'ses_1',
	mid: 'mer_1',
	iss: ISSUER,
	aud: `${ISSUER}/api`,
	sub: 'usr_1',
	iat: seconds,
	nbf: seconds,
	exp: seconds + 600,
}

let key: SigningKey & { publicJwk: JWK }
let ours: KeyObject
/** What our database would say of the key's id. */
let publicJwk: JWK
beforeAll(async () => {
	key = await newSigningKey()
	ours = createPrivateKey({ key: key.privateJwk as JsonWebKey, format: 'jwk' })
	publicJwk = key.publicJwk
})

const read = (token: string) =>
	readAccessToken(token, {
		issuer: ISSUER,
		now: NOW,
		findKey: (kid) => Promise.resolve(kid === key.kid ? publicJwk : undefined),
	})

const coded = (text: string | Buffer) => Buffer.from(text).toString('base64url')
const header = (more: object = {}): string =>
	JSON.stringify({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...more })
const claims = (more: object = {}): string => JSON.stringify({ ...CLAIMS, ...more })
type Signer = (text: string) => Buffer
const byOurs: Signer = (text) => sign(null, Buffer.from(text), ours)

function token(head: string | Buffer, body: string | Buffer, by: Signer = byOurs): string {
	const text = `${coded(head)}.${coded(body)}`
	return `${text}.${coded(by(text))}`
}

/** The order of the group of Ed25519 (RFC 8032, 5.1). */
const L = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n

/** The same signature with S + L in the place of S: a verifier that does not look takes it as a second one. */
function malleable(signature: Buffer): Buffer {
	const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + L
	const twin = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
	return Buffer.concat([signature.subarray(0, 32), twin])
}

test('the genuine one of this file is taken, so that the others are refused for what they change', async () => {
	expect(await read(token(header(), claims()))).toEqual({
		userId: 'usr_1',
		sessionId: 'ses_1',
		merchantId: 'mer_1',
	})
})

describe('the signature', () => {
	const bent: readonly [string, (signature: Buffer) => Buffer][] = [
		['empty', () => Buffer.alloc(0)],
		['of one byte', () => Buffer.alloc(1)],
		['of zeros', (signature) => Buffer.alloc(signature.length)],
		['of ones', (signature) => Buffer.alloc(signature.length, 0xff)],
		['cut by one byte', (signature) => signature.subarray(0, -1)],
		['cut to half', (signature) => signature.subarray(0, 32)],
		['with one byte more', (signature) => Buffer.concat([signature, Buffer.alloc(1)])],
		['with one byte in front', (signature) => Buffer.concat([Buffer.alloc(1), signature])],
		['twice', (signature) => Buffer.concat([signature, signature])],
		['backwards', (signature) => Buffer.from(signature).reverse()],
		[
			'with its halves changed',
			(signature) => Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]),
		],
		['with R of zeros', (signature) => Buffer.concat([Buffer.alloc(32), signature.subarray(32)])],
		['with S of zeros', (signature) => Buffer.concat([signature.subarray(0, 32), Buffer.alloc(32)])],
		['as a DER sequence', (signature) => Buffer.concat([Buffer.from([0x30, signature.length]), signature])],
		['as hexadecimal text', (signature) => Buffer.from(signature.toString('hex'))],
	]

	test.each(bent)('%s', async (_what, bend) => {
		expect(await read(token(header(), claims(), (text) => bend(byOurs(text))))).toBeNull()
	})

	test('in its malleable twin, with S + L', async () => {
		expect(await read(token(header(), claims(), (text) => malleable(byOurs(text))))).toBeNull()
	})

	test('over another text: another header, other claims, or the two changed', async () => {
		const over =
			(head: string, body: string): Signer =>
			() =>
				byOurs(`${coded(head)}.${coded(body)}`)
		expect(await read(token(header(), claims(), over(header({ cty: 'x' }), claims())))).toBeNull()
		expect(await read(token(header(), claims(), over(header(), claims({ sub: 'usr_2' }))))).toBeNull()
		expect(await read(token(header(), claims(), over(claims(), header())))).toBeNull()
		expect(await read(token(header(), claims(), () => sign(null, Buffer.from(claims()), ours)))).toBeNull()
	})

	test('by another kind of key, under its own name or ours', async () => {
		const kinds: readonly [readonly string[], Signer][] = [
			[['RS256', 'RS512', 'PS256', 'EdDSA'], rsa()],
			[['ES256', 'EdDSA'], ec('P-256')],
			[['ES384', 'EdDSA'], ec('P-384')],
			[['ES512', 'EdDSA'], ec('P-521')],
			[['Ed448', 'EdDSA', 'Ed25519'], ed448()],
			[['HS256', 'HS384', 'HS512', 'EdDSA'], hmac()],
		]
		for (const [algorithms, by] of kinds)
			for (const alg of algorithms)
				expect({ alg, is: await read(token(header({ alg }), claims(), by)) }).toEqual({ alg, is: null })
	})

	test.each(['Ed448', 'X25519', 'P-256', 'RSA', 'oct'])(
		'against a key of another curve or kind in our table: %s',
		async (kind) => {
			const others: Record<string, () => JWK> = {
				Ed448: () => jwkOf(generateKeyPairSync('ed448').publicKey),
				X25519: () => jwkOf(generateKeyPairSync('x25519').publicKey),
				'P-256': () => jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
				RSA: () => jwkOf(generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey),
				oct: () => ({ kty: 'oct', k: coded('a secret of everybody') }),
			}
			publicJwk = others[kind]?.() ?? {}
			// Nobody but us writes that table: that it is broken may as well be an error.
			const is = await read(token(header(), claims())).catch(() => null)
			publicJwk = key.publicJwk
			expect(is).toBeNull()
		},
	)
})

describe('the header', () => {
	const spellings = [
		'none',
		'None',
		'NONE',
		'nOnE',
		'none ',
		' none',
		'null',
		'nonе',
		'NoNe\u0000',
		'undefined',
		'',
	]
	test.each(spellings)('asks for no signature: %j', async (alg) => {
		for (const by of [byOurs, () => Buffer.alloc(0), () => Buffer.from('x')])
			expect(await read(token(header({ alg }), claims(), by))).toBeNull()
		const text = `${coded(header({ alg }))}.${coded(claims())}`
		for (const end of ['', '.', '..', '.AA']) expect(await read(text + end)).toBeNull()
	})

	test.each<object>([
		{ alg: ['EdDSA'] },
		{ alg: { toString: 'EdDSA' } },
		{ alg: true },
		{ alg: null },
		{ b64: false },
		{ b64: false, crit: ['b64'] },
		{ crit: [] },
		{ crit: ['exp'] },
		{ crit: ['kid', 'kid'] },
		{ crit: 'b64' },
		{ crit: [null] },
		{ typ: 'JWT' },
		{ typ: 'application/jwt' },
		{ typ: ['at+jwt'] },
		{ kid: `${'A'.repeat(43)}` },
		{ kid: '../../../../dev/null' },
		{ kid: "x' union select '{}' --" },
		{ kid: 'http://169.254.169.254/latest' },
		{ kid: '|/bin/true' },
		{ kid: '\u0000' },
		{ kid: ['a'] },
		{ kid: { $gt: '' } },
		{ enc: 'A256GCM', alg: 'dir' },
		{ zip: 'DEF', alg: 'RSA-OAEP' },
	])('says %j', async (more) => {
		expect(await read(token(header(more), claims()))).toBeNull()
	})
})

describe('the claims', () => {
	const wrong = ['600', 'Infinity', '', true, false, null, [], [seconds + 600], {}, -1, 0, 1e300, -1e300]
	const times = ['exp', 'nbf', 'iat'].flatMap((name) => wrong.map((value) => [name, value] as const))
	/** What is long ago is no flaw of a "not before". */
	const isPast = ([name, value]: readonly [string, unknown]) =>
		name === 'nbf' && typeof value === 'number' && value <= 0
	test.each([...times.filter((time) => !isPast(time)), ['nbf', 1e300] as const])(
		'%s: %j',
		async (name, value) => {
			expect(await read(token(header(), claims({ [name]: value })))).toBeNull()
		},
	)

	test.each<readonly [string, () => string | Buffer]>([
		['a claim twice', () => claims().replace('{', '{"sub":"usr_2",')],
		['a claim twice, the second in other letters', () => claims().replace('}', ',"s\\u0075b":"usr_2"}')],
		['an hour more, behind the first', () => claims().replace('}', `,"exp":${seconds + 500}}`)],
		[
			'a number with an exponent',
			() => claims().replace(`"exp":${seconds + 600}`, `"exp":${seconds + 600}e0`),
		],
		['a space', () => claims().replace('{', '{ ')],
		['a line break at the end', () => `${claims()}\n`],
		['a byte order mark', () => `\ufeff${claims()}`],
		['a letter in another spelling', () => claims().replace('usr_1', '\\u0075sr_1')],
		['a comment', () => claims().replace('{', '{/**/')],
		['a comma too many', () => claims().replace('}', ',}')],
		['no object', () => 'null'],
		['a list', () => `[${claims()}]`],
		['a text', () => JSON.stringify(claims())],
		['two objects', () => claims() + claims()],
		[
			'bytes that are no UTF-8',
			() => Buffer.concat([Buffer.from(claims()).subarray(0, -1), Buffer.from([0xff, 0x7d])]),
		],
		['nothing but a nought', () => '0'],
	])('hold %s, signed by ourselves', async (_what, body) => {
		expect(await read(token(header(), body()))).toBeNull()
	})

	test.each<readonly [string, () => string]>([
		['a member twice', () => header().replace('{', '{"alg":"none",')],
		['the key twice', () => header().replace('{', '{"kid":"x",')],
		['a space', () => header().replace('{', '{ ')],
	])('and the header: %s', async (_what, head) => {
		expect(await read(token(head(), claims()))).toBeNull()
	})
})

describe('the form', () => {
	test('JSON serialization, encryption, nesting and more parts are nobody', async () => {
		const [protectedHeader, payload, signature] = token(header(), claims()).split('.')
		const forms = [
			JSON.stringify({ payload, signatures: [{ protected: protectedHeader, signature }] }),
			JSON.stringify({ protected: protectedHeader, payload, signature }),
			`${protectedHeader}..${signature}`,
			`${protectedHeader}.${payload}.${signature}.${signature}`,
			`${protectedHeader}.${payload}.${signature}.${payload}.${signature}`,
			token(header({ cty: 'JWT' }), token(header(), claims())),
			`Bearer ${protectedHeader}.${payload}.${signature}`,
			`${protectedHeader}.${payload}.${signature}#`,
			`${protectedHeader}.${payload}\u200b.${signature}`,
			`${protectedHeader}.${payload}.${signature}%3D`,
		]
		for (const form of forms) expect({ form, is: await read(form) }).toEqual({ form, is: null })
	})
})

const jwkOf = (publicKey: KeyObject): JWK => publicKey.export({ format: 'jwk' }) as JWK

function rsa(): Signer {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
	return (text) => sign('sha256', Buffer.from(text), privateKey)
}

function ec(namedCurve: string): Signer {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve })
	return (text) => sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
}

function ed448(): Signer {
	const { privateKey } = generateKeyPairSync('ed448')
	return (text) => sign(null, Buffer.from(text), privateKey)
}

/** The classic: our public key as the secret of a MAC. */
const hmac = (): Signer => (text) =>
	createHmac('sha256', Buffer.from(String(key.publicJwk.x), 'base64url'))
		.update(text)
		.digest()
