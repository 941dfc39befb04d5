import { inTransaction } from '#db/client.ts'
import { allowLinking } from '#db/queries/session-checks.ts'
import { FRESH_MINUTES } from '../../domain/access/second-factor.ts'
import type { FactorDeps } from './factor-deps.server.ts'

/** After the password: this session may link one account within the next minutes. */
export const allowGoogleLink = ({ db }: Pick<FactorDeps, 'db'>, session: Buffer): Promise<void> =>
	inTransaction(db, (tx) => allowLinking(tx, session, FRESH_MINUTES))
