const HEADER = 5

/** One whole message of PostgreSQL's wire protocol; the first one of a connection has no type. */
export type Message = { type: string; payload: Buffer; bytes: Buffer }

/** Cuts a stream into messages; an incomplete one waits for its rest. */
export function createMessageReader(firstIsUntyped: boolean): (chunk: Buffer) => Message[] {
	let rest: Buffer = Buffer.alloc(0)
	let untyped = firstIsUntyped
	return (chunk) => {
		rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
		const messages: Message[] = []
		for (;;) {
			const header = untyped ? HEADER - 1 : HEADER
			if (rest.length < header) return messages
			const whole = rest.readInt32BE(header - 4) + header - 4
			if (rest.length < whole) return messages
			const bytes = rest.subarray(0, whole)
			messages.push({
				type: untyped ? '' : String.fromCharCode(bytes[0] ?? 0),
				payload: bytes.subarray(header),
				bytes,
			})
			rest = rest.subarray(whole)
			untyped = false
		}
	}
}

/** The NUL-terminated texts at the start of a payload. */
export function textsOf(payload: Buffer, count: number): string[] {
	const texts: string[] = []
	let from = 0
	for (let read = 0; read < count; read++) {
		const end = payload.indexOf(0, from)
		if (end < 0) return texts
		texts.push(payload.toString('utf8', from, end))
		from = end + 1
	}
	return texts
}
