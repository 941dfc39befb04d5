import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { countMemberships, deleteFactors } from '#db/queries/factors.ts'
import { findMembership } from '#db/queries/identity.ts'
import { endOtherSessions } from '#db/queries/session-checks.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { MAIL_QUEUE, tellPerson } from '../mail/tell-person.server.ts'
import type { FactorDeps } from './factor-deps.server.ts'

type Input = { merchantId: string; userId: string; by: { userId: string; role: string } }

/**
 * For whoever lost phone and codes: their owner takes the factors away, all their sessions end, and they set up new
 * ones. Not for somebody of two teams: one owner would open the other's money.
 */
export async function resetFactors(
	deps: Pick<FactorDeps, 'db' | 'enqueue' | 'committed'>,
	input: Input,
): Promise<void> {
	const { merchantId, userId, by } = input
	if (by.userId === userId) {
		throw new DomainError('forbidden', 'not_yourself', 'Somebody else must reset your second factor.')
	}
	await inTransaction(deps.db, async (tx) => {
		if (!(await findMembership(tx, { merchantId, userId }))) {
			throw new DomainError('not_found', 'member_unknown', 'This person is not on the team.')
		}
		if (by.role !== 'owner') {
			throw new DomainError('forbidden', 'owners_only', 'Only an owner can reset somebody’s second factor.')
		}
		if ((await countMemberships(tx, userId)) > 1) {
			throw new DomainError(
				'conflict',
				'member_of_several',
				'This person is on another team as well, so one team cannot reset their second factor.',
			)
		}
		await deleteFactors(tx, userId)
		await endOtherSessions(tx, { userId, except: null })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: `console:${by.userId}`,
				action: 'factors.reset',
				subject_id: userId,
				payload: {},
			},
		])
		await tellPerson(tx, deps, 'factors_reset', userId)
	})
	deps.committed([MAIL_QUEUE])
}
