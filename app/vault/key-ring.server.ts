import type { Env } from '../config/env.server.ts'

export type KeyRing = {
	/** What new data keys are sealed with. */
	current: { id: string; key: Buffer }
	/** Throws for a key that is not in the environment (any more). */
	keyOf(id: string): Buffer
}

export class VaultRefusal extends Error {
	constructor(message: string) {
		super(message)
		this.name = 'VaultRefusal'
	}
}

export function createKeyRing({ keys }: Pick<Env['vault'], 'keys'>): KeyRing {
	const ring = new Map(keys.map(({ id, key }) => [id, Buffer.from(key, 'base64url')]))
	const [first] = keys
	const keyOf = (id: string): Buffer => {
		const key = ring.get(id)
		if (!key) throw new VaultRefusal(`VAULT_KEYS has no key named ${id}.`)
		return key
	}
	return {
		get current() {
			if (!first) throw new VaultRefusal('VAULT_KEYS is not set, so no secret can be kept.')
			return { id: first.id, key: keyOf(first.id) }
		},
		keyOf,
	}
}
