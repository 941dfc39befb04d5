import { changeApiKey } from '#app/commands/api-keys/change-api-key.server.ts'
import { createApiKey } from '#app/commands/api-keys/create-api-key.server.ts'
import { revokeApiKey } from '#app/commands/api-keys/revoke-api-key.server.ts'
import { rollApiKey } from '#app/commands/api-keys/roll-api-key.server.ts'
import { checkCode } from '#app/commands/factors/check-code.server.ts'
import { removeFactor } from '#app/commands/factors/remove-factor.server.ts'
import { renewBackupCodes } from '#app/commands/factors/renew-backup-codes.server.ts'
import { resumeMerchant } from '#app/commands/merchants/resume-merchant.server.ts'
import { suspendMerchant } from '#app/commands/merchants/suspend-merchant.server.ts'
import { rename } from '#app/commands/people/change-account.server.ts'
import { endSessions } from '#app/commands/people/end-sessions.server.ts'
import { revokeInvitation } from '#app/commands/team/change-invitation.server.ts'
import { invite } from '#app/commands/team/invite.server.ts'
import { removeMember } from '#app/commands/team/remove-member.server.ts'
import { requireSecondFactor } from '#app/commands/team/require-second-factor.server.ts'
import { setMemberRole } from '#app/commands/team/set-member-role.server.ts'
import { createRole } from '#app/commands/team/write-role.server.ts'
import { endTokens } from '#app/commands/tokens/end-tokens.server.ts'
import { issueTokens } from '#app/commands/tokens/issue-tokens.server.ts'
import { openTokens } from '#app/commands/tokens/open-tokens.server.ts'
import { action as resetPage } from '#app/routes/auth/reset-password.tsx'
import { action as verifyPage } from '#app/routes/auth/verify-email.tsx'
import { inTransaction } from '#db/client.ts'
import { askForAccount, askForReset, lastLink, newAddress } from '#tests/support/people.ts'
import { visit } from '#tests/support/pages.ts'
import type { House } from '#tests/support/house.ts'
import { addPerson, logIn, setUpTotp } from '../factors/people.ts'
import { addMerchant } from '../../http/second-merchant.ts'
import { addColleague } from '../refunds/by-hand.ts'
import { managerOf, userIdOf } from '../team/by-hand.ts'
import type { Audited } from './commands.ts'

const owner = async (house: House) => managerOf(house, await userIdOf(house, house.demo.owner.email))

async function apiKey(house: House) {
	const by = await owner(house)
	const name = `Shop ${Math.random()}`
	const settings = { name, permissions: null, networks: [], requests_per_minute: null, expires_at: null }
	const make = () => createApiKey(house.services, { ...by, kind: 'secret', settings })
	return { by, make, made: async () => ({ ...by, keyId: (await make()).row.id }) }
}

const colleague = async (house: House) => ({
	by: await owner(house),
	...(await addColleague(house, 'operator')),
})

const ofDemo = (house: House) => addPerson(house, { merchantId: house.demo.merchantId })

async function withTotp(house: House) {
	const person = await ofDemo(house)
	await logIn(person)
	const { codes } = await setUpTotp(house, person)
	return { actor: { userId: person.userId, merchantId: person.merchantId }, codes }
}

async function suspended(house: House) {
	const { merchantId } = await addMerchant(house)
	const asked = { merchantId, actor: 'job:ops', reason: 'Stolen cards' }
	await suspendMerchant(house.services, asked)
	return asked
}

/** By file below app/commands: what changes who may do what, and the one line it leaves. */
export const ACCESS_AUDITED: Readonly<Record<string, Audited>> = {
	'api-keys/change-api-key': {
		action: 'api_key.changed',
		prepare: async (house) => {
			const asked = await (await apiKey(house)).made()
			return () => changeApiKey(house.services, { ...asked, change: { name: 'Till' } })
		},
	},
	'api-keys/create-api-key': {
		action: 'api_key.created',
		prepare: async (house) => (await apiKey(house)).make,
	},
	'api-keys/revoke-api-key': {
		action: 'api_key.revoked',
		reason: 'It was in a log',
		prepare: async (house) => {
			const asked = await (await apiKey(house)).made()
			return () => revokeApiKey(house.services, { ...asked, reason: 'It was in a log' })
		},
	},
	'api-keys/roll-api-key': {
		action: 'api_key.rolled',
		prepare: async (house) => {
			const asked = await (await apiKey(house)).made()
			return () => rollApiKey(house.services, { ...asked, overlapHours: 24 })
		},
	},
	'factors/check-code': {
		action: 'factor.backup_code_used',
		prepare: async (house) => {
			const { actor, codes } = await withTotp(house)
			return () => checkCode(house.composed.acrossMerchants, actor, codes[0] ?? '')
		},
	},
	'factors/remove-factor': {
		action: 'factor.removed',
		prepare: async (house) => {
			const { actor } = await withTotp(house)
			const session = Buffer.alloc(32)
			return () => removeFactor(house.services, { ...actor, session, factor: { kind: 'totp' } })
		},
	},
	'factors/renew-backup-codes': {
		action: 'factor.backup_codes_renewed',
		prepare: async (house) => {
			const { actor } = await withTotp(house)
			return () => renewBackupCodes(house.services, actor)
		},
	},
	'merchants/resume-merchant': {
		action: 'merchant.resumed',
		prepare: async (house) => {
			const asked = await suspended(house)
			return () => resumeMerchant(house.services, asked)
		},
	},
	'merchants/suspend-merchant': {
		action: 'merchant.suspended',
		reason: 'Stolen cards',
		prepare: async (house) => {
			const asked = await suspended(house)
			await resumeMerchant(house.services, asked)
			return () => suspendMerchant(house.services, asked)
		},
	},
	'people/change-account': {
		action: 'person.renamed',
		prepare: async (house) => {
			const { userId } = await ofDemo(house)
			return () => rename(house.services, { userId, name: 'Ada Lace', door: 'console' })
		},
	},
	'people/confirm-email': {
		action: 'merchant.created',
		prepare: async (house) => {
			const email = newAddress()
			await askForAccount(house, email)
			const token = await lastLink(house, email, /confirm/i)
			return () => visit(house, verifyPage, '/verify-email', { form: { token } })
		},
	},
	'people/end-sessions': {
		action: 'session.all_ended',
		prepare: async (house) => {
			const { userId } = await ofDemo(house)
			return () => endSessions(house.services, { userId, keptHash: null, door: 'console' })
		},
	},
	'people/reset-password': {
		action: 'person.password_reset',
		prepare: async (house) => {
			const { email } = await ofDemo(house)
			await askForReset(house, email)
			const token = await lastLink(house, email, /password/i)
			const form = { token, password: 'seven quiet umbrellas' }
			return () => visit(house, resetPage, '/reset-password', { form })
		},
	},
	'team/change-invitation': {
		action: 'invitation.revoked',
		prepare: async (house) => {
			const by = await owner(house)
			const id = await invite(house.services, by, { email: newAddress(), role: 'support' })
			return () => revokeInvitation(house.services, by, id)
		},
	},
	'team/invite': {
		action: 'invitation.sent',
		prepare: async (house) => {
			const by = await owner(house)
			return () => invite(house.services, by, { email: 'nina@colleagues.test', role: 'support' })
		},
	},
	'team/remove-member': {
		action: 'member.removed',
		prepare: async (house) => {
			const { by, userId } = await colleague(house)
			return () => removeMember(house.services, by, userId)
		},
	},
	'team/require-second-factor': {
		action: 'second_factor_rule.changed',
		prepare: async (house) => {
			const by = await owner(house)
			await requireSecondFactor(house.services, by, false)
			return () => requireSecondFactor(house.services, by, true)
		},
	},
	'team/set-member-role': {
		action: 'member.role_changed',
		prepare: async (house) => {
			const { by, userId } = await colleague(house)
			return () => setMemberRole(house.services, by, { userId, role: 'analyst' })
		},
	},
	'team/write-role': {
		action: 'role.created',
		prepare: async (house) => {
			const by = await owner(house)
			const role = { name: 'Night desk', permissions: ['payments.read'], limits: [] }
			return () => createRole(house.services, by, role)
		},
	},
	'tokens/end-tokens': {
		action: 'tokens.revoked',
		reason: 'logged_out',
		prepare: async (house) => {
			const { merchantId } = house.demo
			const userId = await userIdOf(house, house.demo.owner.email)
			const { refreshToken } = await inTransaction(house.services.db, (tx) =>
				issueTokens(tx, house.services, { userId, merchantId }),
			)
			return () => endTokens(house.services, refreshToken)
		},
	},
	'tokens/open-tokens': {
		action: 'session.opened',
		prepare: async (house) => {
			const { merchantId } = house.demo
			const userId = await userIdOf(house, house.demo.owner.email)
			return () => openTokens(house.services, { merchantId, userId, proof: 'password' })
		},
	},
}

export const ACCESS_SHOWN_ELSEWHERE: Readonly<Record<string, string>> = {
	'factors/add-passkey': 'tests/integration/factors/passkeys.test.ts',
	'factors/confirm-totp': 'tests/integration/factors/totp.test.ts',
	'factors/reset-factors': 'tests/integration/factors/step-up.test.ts',
	'people/link-identity': 'tests/integration/google/linking.test.ts',
	'people/sign-up-with-identity': 'tests/integration/google/sign-in.test.ts',
	'people/unlink-identity': 'tests/integration/google/linking.test.ts',
	'people/stand-elsewhere': 'tests/integration/people/worlds.test.ts',
	'team/accept-invitation': 'tests/integration/team/invitations.test.ts',
	'tokens/refresh-tokens': 'tests/integration/tokens/refresh.test.ts',
}

export const ACCESS_QUIET: Readonly<Record<string, string>> = {
	'factors/begin-totp': 'Nothing counts until its first code is right: factors/confirm-totp.',
	'factors/rename-passkey': 'A word for the person alone; who may do what stays.',
	'people/sign-up': 'Nobody is there until the address is proven: people/confirm-email.',
	'tokens/signing-keys': 'The keys of the house, which belong to no merchant.',
}
