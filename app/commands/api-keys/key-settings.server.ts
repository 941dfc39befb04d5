import { readNetwork } from '../../credentials/networks.server.ts'
import { KEY_PERMISSIONS, missingFor, type ApiKeyKind } from '../../domain/access/api-keys.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { isPermission, PERMISSIONS, type Permission } from '../../domain/access/permissions.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

/** What people decide about a key, in the names of its columns. */
export type KeySettings = {
	name: string
	permissions: readonly string[] | null
	networks: readonly string[]
	requests_per_minute: number | null
	expires_at: Date | null
}

export type CheckedSettings = {
	name: string
	permissions: string[] | null
	networks: string[]
	requests_per_minute: number | null
	expires_at: Date | null
}

const invalid = (param: string, message: string) =>
	new DomainError('invalid', 'parameter_invalid', message, { param })

function readPermissions(kind: ApiKeyKind, chosen: readonly string[] | null): string[] | null {
	if (kind !== 'restricted') {
		if (chosen !== null) throw invalid('permissions', 'Only a restricted key has permissions of its own.')
		return null
	}
	if (!chosen?.length) throw invalid('permissions', 'Choose what the key may do.')
	const wrong = chosen.find((name) => !isPermission(name) || !KEY_PERMISSIONS.includes(name))
	if (wrong !== undefined) throw invalid('permissions', `${wrong} is nothing a key can be allowed to do.`)
	return KEY_PERMISSIONS.filter((name) => chosen.includes(name))
}

function readNetworks(texts: readonly string[]): string[] {
	const read = texts.map((text) => {
		const network = readNetwork(text)
		if (network === null)
			throw invalid('networks', `${text} is not an address or network such as 203.0.113.7 or 203.0.113.0/24.`)
		return network
	})
	return [...new Set(read)].sort()
}

/** Throws an error that names the field at fault. */
export function readSettings(kind: ApiKeyKind, settings: KeySettings, now: Date): CheckedSettings {
	const { expires_at } = settings
	if (expires_at !== null && expires_at <= now)
		throw invalid('expires', 'Choose a moment that is still to come.')
	const name = settings.name.trim()
	if (name === '') throw invalid('name', 'Give the key a name.')
	return {
		name,
		permissions: readPermissions(kind, settings.permissions),
		networks: readNetworks(settings.networks),
		requests_per_minute: settings.requests_per_minute,
		expires_at,
	}
}

/** Nobody makes a key that may do more than they. */
export function refuseMoreThan(grant: Grant, wanted: readonly Permission[]): void {
	const [missing] = missingFor(grant, wanted)
	if (missing === undefined) return
	const message = `You cannot give a key what your role does not allow without a limit: ${PERMISSIONS[missing].toLowerCase()}.`
	throw new DomainError('forbidden', 'role_not_allowed', message, { param: 'permissions' })
}

/** As the audit log keeps it. */
export const settingsText = (settings: CheckedSettings) => ({
	name: settings.name,
	permissions: settings.permissions?.join(' ') ?? null,
	networks: settings.networks.join(' ') || null,
	requests_per_minute: settings.requests_per_minute,
	expires: settings.expires_at?.toISOString() ?? null,
})
