import type { Kysely } from 'kysely'
import type { DB } from '#db/schema.ts'
import type { Letter } from '../../contracts/mail.ts'

export type WriterDeps = {
	db: Kysely<DB>
	/** Links begin with it, whatever host a request named. */
	env: { http: { baseUrl: string } }
}

/** Null when there is nothing to say any more: the person is gone, or it is done already. */
export type LetterWriter = (deps: WriterDeps, subjectId: string) => Promise<Letter | null>

export const linkTo = ({ env }: WriterDeps, path: string, token: string): string =>
	`${env.http.baseUrl}${path}?token=${token}`
