import type { Kysely } from 'kysely'
import { findOpenEmailChange } from '#db/queries/email-changes.ts'
import { findPerson, listMerchantsOf } from '#db/queries/people.ts'
import { listSessions } from '#db/queries/sessions.ts'
import type { DB } from '#db/schema.ts'
import type { ProfileView, ShellPreferences } from '../contracts/profile.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { deviceWords } from '../domain/people/device-words.ts'

type Deps = { db: Kysely<DB> }

const personNotFound = () => new DomainError('not_found', 'person_not_found', 'There is no such account.')

export async function presentProfile(
	{ db }: Deps,
	{ userId, thisHash }: { userId: string; thisHash: Buffer },
): Promise<ProfileView> {
	const [person, change, sessions] = await Promise.all([
		findPerson(db, userId),
		findOpenEmailChange(db, userId),
		listSessions(db, { userId, thisHash }),
	])
	if (!person) throw personNotFound()
	const { name, email, theme, density, notifications_enabled: notificationsEnabled } = person
	return {
		name,
		email,
		newEmail: change?.to_email ?? null,
		hasPassword: person.password_hash !== null,
		preferences: { theme, density, notificationsEnabled },
		devices: sessions.map((session) => ({
			id: session.id,
			words: deviceWords(session.user_agent),
			network: session.network,
			merchantName: session.merchant_name,
			openedAt: session.created_at.getTime(),
			lastSeenAt: session.last_seen_at.getTime(),
			isThis: session.is_this,
		})),
	}
}

/** What the frame of the console shows of a person beyond their name. */
export async function presentShellPreferences({ db }: Deps, userId: string): Promise<ShellPreferences> {
	const [person, merchants] = await Promise.all([findPerson(db, userId), listMerchantsOf(db, userId)])
	return { theme: person?.theme ?? 'system', density: person?.density ?? 'comfortable', merchants }
}

/** GET /api/v1/users/me */
export async function presentMe({ db }: Deps, userId: string) {
	const person = await findPerson(db, userId)
	if (!person) throw personNotFound()
	return {
		id: person.id,
		object: 'user',
		email: person.email,
		name: person.name,
		created_at: person.created_at.toISOString(),
		preferences: {
			theme: person.theme,
			density: person.density,
			notifications_enabled: person.notifications_enabled,
		},
		merchants: await listMerchantsOf(db, userId),
	}
}
