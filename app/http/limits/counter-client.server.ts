import type pg from 'pg'

type Query = { name?: string; text: string; values: unknown[] }

/** The driver's own readers: the limiter computes with `expire` as a number, where ours would give it a bigint. */
const PLAIN_TYPES = { getTypeParser: (): ((value: string) => string | number) => readPlain }
const readPlain = (value: string): string | number => (/^-?\d+$/.test(value) ? Number(value) : value)

/** What the limiter sends its SQL through. Tells of the first trouble, and of the next only after a success. */
export function counterClient(pool: pg.Pool, onTrouble: (error: unknown) => void) {
	let isInTrouble = false
	return {
		async query(query: Query): Promise<pg.QueryResult> {
			try {
				const result = await pool.query({ ...query, types: PLAIN_TYPES } as pg.QueryConfig)
				isInTrouble = false
				return result
			} catch (error) {
				if (!isInTrouble) onTrouble(error)
				isInTrouble = true
				throw error
			}
		},
	}
}
