import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertIdentity } from '#db/queries/identities.ts'
import { takePendingIdentity } from '#db/queries/pending-identities.ts'
import { insertOwnedMerchant, insertPerson } from '#db/queries/people.ts'
import { deleteSignUps } from '#db/queries/sign-ups.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { statementDescriptorOf } from '../../domain/people/statement-descriptor.ts'
import { startInTestWorld } from './enter-world.server.ts'
import { emailTaken, isEmailTaken } from './confirm-email.server.ts'

type Input = { pendingHash: Buffer; name: string; merchantName: string }

const gone = () =>
	new DomainError('conflict', 'identity_gone', 'This took too long. No account was made; start again.')

/** Makes the account of somebody whose address Google has proven: without a password, and without a mail to wait for. */
export async function signUpWithIdentity(
	{ db }: { db: Kysely<DB> },
	{ pendingHash, name, merchantName }: Input,
): Promise<{ userId: string; merchantId: string }> {
	return inTransaction(db, async (tx) => {
		const pending = await takePendingIdentity(tx, pendingHash)
		if (!pending || pending.user_id !== null) throw gone()
		const { provider, subject, email } = pending
		const [userId, merchantId] = [newId('usr'), newId('mer')]
		await insertPerson(tx, { id: userId, email, name, password_hash: null })
		if (!(await insertIdentity(tx, { provider, subject, email, userId }))) throw emailTaken()
		const descriptor = statementDescriptorOf(merchantName)
		await insertOwnedMerchant(tx, { id: merchantId, name: merchantName, descriptor, ownerId: userId })
		await deleteSignUps(tx, email)
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: `console:${userId}`,
				action: 'merchant.created',
				subject_id: merchantId,
				payload: { owner: userId, by: provider },
			},
		])
		return { userId, merchantId: await startInTestWorld(tx, { accountId: merchantId, userId }) }
	}).catch((error: unknown) => {
		throw isEmailTaken(error) ? emailTaken() : error
	})
}
