/** Just enough of DER (X.690) to write a certificate. */
export function tagged(tag: number, ...parts: Uint8Array[]): Buffer {
	const body = Buffer.concat(parts)
	return Buffer.concat([Buffer.from([tag]), lengthOf(body), body])
}

/** Up to 127 in one byte; above that the number of length bytes comes first. */
function lengthOf({ length }: Buffer): Buffer {
	if (length < 0x80) return Buffer.from([length])
	const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex')
	return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

export const sequence = (...parts: Uint8Array[]): Buffer => tagged(0x30, ...parts)
export const set = (...parts: Uint8Array[]): Buffer => tagged(0x31, ...parts)
export const explicit = (number: number, ...parts: Uint8Array[]): Buffer => tagged(0xa0 | number, ...parts)
export const implicit = (number: number, content: Uint8Array): Buffer => tagged(0x80 | number, content)
export const octets = (content: Uint8Array): Buffer => tagged(0x04, content)
export const nothing = (): Buffer => tagged(0x05)
export const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value))
export const truth = (): Buffer => tagged(0x01, Buffer.from([0xff]))

/** `unused` counts the bits of the last byte that mean nothing. */
export const bits = (content: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), content)

/** A leading zero keeps a number with its highest bit set from reading as negative. */
export function integer(value: Uint8Array): Buffer {
	const sign = (value[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : []
	return tagged(0x02, ...sign, value)
}

/** `2.5.29.19`: the first two numbers share a byte, the others are written in base 128. */
export function objectId(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
	return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
	const bytes = [value & 0x7f]
	for (let left = value >>> 7; left > 0; left >>>= 7) bytes.unshift(0x80 | (left & 0x7f))
	return bytes
}

/** RFC 5280: two digits for the year until 2049, four from 2050 on. */
export function time(at: Date): Buffer {
	const digits = at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')
	return at.getUTCFullYear() < 2050
		? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`))
		: tagged(0x18, Buffer.from(`${digits}Z`))
}

export const pem = (label: string, der: Uint8Array): string =>
	`-----BEGIN ${label}-----\n${Buffer.from(der)
		.toString('base64')
		.match(/.{1,64}/g)
		?.join('\n')}\n-----END ${label}-----\n`
