import type { Tx } from '#db/client.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { MailKind } from '../../contracts/mail.ts'

export type TellingDeps = { enqueue: Enqueue; committed: (queues: readonly string[]) => void }

/** Step: a mail about the security of somebody's account. `committed` of the mail's queue follows the commit. */
export async function tellPerson(
	tx: Tx,
	{ enqueue }: Pick<TellingDeps, 'enqueue'>,
	kind: MailKind,
	userId: string,
): Promise<void> {
	await enqueue(tx, sendMail, [{ kind, subject_id: userId }])
}

export const MAIL_QUEUE = sendMail.name
