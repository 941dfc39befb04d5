import { TypeID } from 'typeid-js'

const BYTES = 16

/**
 * An id of the same form as any other, of 128 random bits and no time: for what is open to whoever knows its id.
 * It sorts by nothing.
 */
export const newSecretId = <const P extends string>(prefix: P): `${P}_${string}` =>
	TypeID.fromUUIDBytes(prefix, crypto.getRandomValues(new Uint8Array(BYTES))).toString() as `${P}_${string}`
