import { randomUUID } from 'node:crypto'
import { TOTP, Secret } from 'otpauth'
import { expect } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { action as logInAction } from '#app/routes/auth/login.tsx'
import { action as verifyAction } from '#app/routes/auth/verify.tsx'
import { action as securityAction } from '#app/routes/console/security.tsx'
import { browse, type Browsing } from '#tests/support/browsing.ts'
import type { House } from '#tests/support/house.ts'

export const PASSWORD = 'correct horse battery staple'
let hash: Promise<string> | undefined

export type Person = { userId: string; merchantId: string; email: string; browser: Browsing }

/** Somebody of a team of their own, or of the one named, who has a password and nothing else. */
export async function addPerson(
	house: House,
	{ merchantId, role = 'owner' }: { merchantId?: string; role?: string } = {},
): Promise<Person> {
	const { owner: db, services } = house
	hash ??= services.hashPassword(PASSWORD)
	const userId = newId('usr')
	const email = `${randomUUID()}@example.com`
	await db
		.insertInto('users')
		.values({ id: userId, email, name: 'Ada', password_hash: await hash })
		.execute()
	const team = merchantId ?? newId('mer')
	if (!merchantId) {
		await db
			.insertInto('merchants')
			.values({ id: team, name: 'Ada & Co', statement_descriptor: 'ADA', require_second_factor: false })
			.execute()
	}
	await db.insertInto('memberships').values({ merchant_id: team, user_id: userId, role }).execute()
	return { userId, merchantId: team, email, browser: browse(house) }
}

export const logIn = ({ browser, email }: Person, password = PASSWORD) =>
	browser.post(logInAction, '/login', { email, password })

export const verify = ({ browser }: Person, form: Record<string, string>) =>
	browser.post(verifyAction, '/login/verify', form)

export const change = ({ browser }: Person, form: Record<string, string>) =>
	browser.post(securityAction, '/console/profile/security', form)

/** What the app on the phone shows, so many steps from now. */
export const codeOf = (secret: string, steps = 0): string =>
	new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** As if it had been set up yesterday: the code it was confirmed with is not the last one taken. */
export async function setUpTotp(
	{ owner }: House,
	person: Person,
): Promise<{ secret: string; codes: string[] }> {
	const begun = await change(person, { intent: 'begin-totp' })
	expect(begun).toMatchObject({ status: 200, data: { ok: true } })
	const { secret } = (begun.data as { offer: { secret: string } }).offer
	const confirmed = await change(person, { intent: 'confirm-totp', code: codeOf(secret) })
	expect(confirmed).toMatchObject({ status: 200, data: { ok: true } })
	await owner
		.updateTable('totp_factors')
		.set({ last_step: 0n })
		.where('user_id', '=', person.userId)
		.execute()
	return { secret, codes: (confirmed.data as { codes: string[] }).codes }
}

export const cookieOf = ({ browser }: Person): string => browser.cookies.get('sid') ?? ''

/** As if the last proof of who it is were longer ago than it counts. */
export const growStale = ({ owner }: House, { userId }: Person) =>
	owner
		.updateTable('sessions')
		.set({ checked_at: new Date(Date.now() - 11 * 60_000) })
		.where('user_id', '=', userId)
		.execute()
