import { json, type Reply } from '../http/message.ts'
import { Grants } from './grants.ts'
import { isSpoil, newKeys, type Keys, type Spoil } from './id-token.ts'

/** What lasts from one request to the next. */
export class Google {
	readonly grants = new Grants()
	/** How the next tokens are to be made wrong, the oldest first. */
	readonly spoils: Spoil[] = []
	#keys: Promise<Keys> | undefined

	keys(): Promise<Keys> {
		return (this.#keys ??= newKeys())
	}
}

export const issuerOf = ({ publicUrl }: { publicUrl: () => string }): string => `${publicUrl()}/google`

/** `POST /sandbox/google` with `{"next": ["nonce"]}`: what is to be wrong with the next tokens. */
export function spoilTokens({ google: { spoils } }: { google: Google }, plan: unknown): Reply {
	const next = (plan as { next?: unknown } | undefined)?.next
	if (!Array.isArray(next) || !next.every(isSpoil)) {
		return json({ error: { message: 'next must be a list of ways to be wrong' } }, 400)
	}
	spoils.push(...next)
	return json({ next: spoils })
}
