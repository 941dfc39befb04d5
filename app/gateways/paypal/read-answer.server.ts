import type { Answer } from './transport.server.ts'

/** An answer that is none, in the shape the SDK gives its own, so that both are read by the same eyes. */
class PayPalFailure extends Error {
	readonly statusCode: number
	readonly body: string

	constructor({ status, body }: Answer) {
		super(`PayPal answered ${status}`)
		this.name = 'PayPalFailure'
		this.statusCode = status
		this.body = body
	}
}

/** The JSON of a good answer. Throws PayPalFailure for any other, and SyntaxError for half of one. */
export function readJson(answer: Answer): unknown {
	if (answer.status < 200 || answer.status > 299) throw new PayPalFailure(answer)
	return JSON.parse(answer.body)
}
