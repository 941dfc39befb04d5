import type { Answer } from './transport.server.ts'

/** An answer that is none: told as the SDK tells its own, so that both are read by the same eyes. */
export class PayPalFailure extends Error {
	readonly statusCode: number
	readonly result: unknown

	constructor({ status, body }: Answer) {
		super(`PayPal answered ${status}`)
		this.name = 'PayPalFailure'
		this.statusCode = status
		this.result = parsed(body)
	}
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body)
	} catch {
		return undefined
	}
}

/** The JSON of a good answer. Throws PayPalFailure for any other, and SyntaxError for half of one. */
export function readJson(answer: Answer): unknown {
	if (answer.status < 200 || answer.status > 299) throw new PayPalFailure(answer)
	return JSON.parse(answer.body)
}
