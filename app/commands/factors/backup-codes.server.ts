import { randomInt } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { replaceBackupCodes } from '#db/queries/factors.ts'
import {
	BACKUP_ALPHABET,
	BACKUP_CODE_COUNT,
	BACKUP_LETTERS,
	groupedCode,
} from '../../domain/access/second-factor.ts'
import type { FactorDeps } from './factor-deps.server.ts'

export type MintedCodes = { codes: string[]; hashes: string[] }

const letter = (): string => BACKUP_ALPHABET.charAt(randomInt(BACKUP_ALPHABET.length))

/** Hashing takes its time: do it before a transaction is open. */
export async function mintBackupCodes({
	hashPassword,
}: Pick<FactorDeps, 'hashPassword'>): Promise<MintedCodes> {
	const codes = Array.from(
		{ length: BACKUP_CODE_COUNT },
		(_, position) => `${position}${Array.from({ length: BACKUP_LETTERS }, letter).join('')}`,
	)
	return { codes: codes.map(groupedCode), hashes: await Promise.all(codes.map(hashPassword)) }
}

/** Step: the codes before them are worth nothing from now on. */
export const keepBackupCodes = (tx: Tx, userId: string, { hashes }: MintedCodes): Promise<void> =>
	replaceBackupCodes(tx, userId, hashes)
