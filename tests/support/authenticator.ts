import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type {
	AuthenticationResponseJSON,
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON,
	RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const USER_PRESENT_AND_VERIFIED = 0x05
const ATTESTED = 0x40

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

function coseKey(publicKey: KeyObject): Buffer {
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
	return Buffer.from(
		isoCBOR.encode(
			new Map<number, number | Uint8Array>([
				[1, 2],
				[3, -7],
				[-1, 1],
				[-2, new Uint8Array(Buffer.from(x, 'base64url'))],
				[-3, new Uint8Array(Buffer.from(y, 'base64url'))],
			]),
		),
	)
}

export type Authenticator = {
	create(options: PublicKeyCredentialCreationOptionsJSON): RegistrationResponseJSON
	get(options: PublicKeyCredentialRequestOptionsJSON): AuthenticationResponseJSON
	/** As one that was copied would: its counter goes back. */
	rewind(): void
}

/** An authenticator in software, with one P-256 key, in front of the page at `origin`. */
export function createAuthenticator(origin: string, { verifies = true } = {}): Authenticator {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
	const credentialId = randomBytes(32)
	let counter = 0
	const rpIdHash = sha256(new URL(origin).hostname)
	const flags = verifies ? USER_PRESENT_AND_VERIFIED : 0x01
	const authData = (more: number, rest: Buffer = Buffer.alloc(0)) => {
		counter += 1
		const count = Buffer.alloc(4)
		count.writeUInt32BE(counter)
		return Buffer.concat([rpIdHash, Buffer.from([flags | more]), count, rest])
	}
	const clientData = (type: string, challenge: string) =>
		Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
	const named = {
		id: text(credentialId),
		rawId: text(credentialId),
		type: 'public-key',
		clientExtensionResults: {},
	} as const
	return {
		create({ challenge }) {
			const length = Buffer.alloc(2)
			length.writeUInt16BE(credentialId.length)
			const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey)])
			const object = isoCBOR.encode(
				new Map<string, unknown>([
					['fmt', 'none'],
					['attStmt', new Map()],
					['authData', new Uint8Array(authData(ATTESTED, attested))],
				]) as Parameters<typeof isoCBOR.encode>[0],
			)
			const response = {
				clientDataJSON: text(clientData('webauthn.create', challenge)),
				attestationObject: text(object),
			}
			return { ...named, response }
		},
		get({ challenge }) {
			const data = authData(0)
			const client = clientData('webauthn.get', challenge)
			const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
			return {
				...named,
				response: {
					clientDataJSON: text(client),
					authenticatorData: text(data),
					signature: text(signature),
				},
			}
		},
		rewind: () => void (counter = 0),
	}
}
