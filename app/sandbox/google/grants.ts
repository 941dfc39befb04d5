import { createHash, randomBytes } from 'node:crypto'
import type { Person } from './people.ts'

/** What the shop asked for when it sent the browser here. */
export interface Asked {
	clientId: string
	redirectUri: string
	state: string
	nonce: string | null
	challenge: string
}

export interface Grant extends Asked {
	person: Person
	expiresAt: number
}

const CODE_MS = 60_000

/** Codes that wait to be exchanged. Each is good for one try, right or wrong. */
export class Grants {
	readonly #waiting = new Map<string, Grant>()

	give(asked: Asked, person: Person): string {
		const code = `4/${randomBytes(32).toString('base64url')}`
		this.#waiting.set(code, { ...asked, person, expiresAt: Date.now() + CODE_MS })
		return code
	}

	/** Undefined for a code that was used, is too old, or was given to another client, page or verifier. */
	take(code: string, by: { clientId: string; redirectUri: string; verifier: string }): Grant | undefined {
		const grant = this.#waiting.get(code)
		this.#waiting.delete(code)
		if (!grant || grant.expiresAt < Date.now()) return undefined
		const challenge = createHash('sha256').update(by.verifier).digest('base64url')
		const fits =
			grant.clientId === by.clientId && grant.redirectUri === by.redirectUri && grant.challenge === challenge
		return fits ? grant : undefined
	}
}
