import { randomUUID } from 'node:crypto'
import type { House } from '#tests/support/house.ts'
import { loader as consolePage } from '#app/routes/console/layout.tsx'
import { browse, type Browsing } from '#tests/support/browsing.ts'
import { nameBusiness, throughGoogle, type AtGoogle } from '#tests/support/google.ts'

export const newAccount = (): AtGoogle & { sub: string } => ({
	email: `${randomUUID()}@gmail.test`,
	sub: String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 16)}`)),
})

export const isIn = async (browser: Browsing): Promise<boolean> =>
	(await browser.get(consolePage, '/console')).status === 200

/** Somebody who made their account with Google, in a browser where they are signed in. */
export async function newcomer(house: House) {
	const google = newAccount()
	const browser = browse(house)
	await throughGoogle(browser, google)
	const made = await nameBusiness(browser)
	if (made.location !== '/console') throw new Error(`no account was made: ${JSON.stringify(made)}`)
	const row = await house.owner
		.selectFrom('users')
		.innerJoin('memberships', 'memberships.user_id', 'users.id')
		.select(['users.id', 'memberships.merchant_id'])
		.where('email', '=', google.email)
		.executeTakeFirstOrThrow()
	return { google, browser, userId: row.id, merchantId: row.merchant_id, email: google.email }
}

/** Everything a sign-in could leave behind; what it must not write is compared before and after. */
export async function traces({ owner }: House): Promise<Record<string, number>> {
	const count = async (
		table:
			'users' | 'sessions' | 'linked_identities' | 'pending_identities' | 'pending_log_ins' | 'audit_log',
	) => {
		const { rows } = await owner
			.selectFrom(table)
			.select(({ fn }) => fn.countAll<bigint>().as('rows'))
			.executeTakeFirstOrThrow()
		return Number.parseInt(rows.toString(), 10)
	}
	return {
		users: await count('users'),
		sessions: await count('sessions'),
		linked: await count('linked_identities'),
		pending: await count('pending_identities'),
		logIns: await count('pending_log_ins'),
		audit: await count('audit_log'),
	}
}
