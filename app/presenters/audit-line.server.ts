import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import type { AuditRow } from '#db/queries/audit-search.ts'
import type { DB } from '#db/schema.ts'
import type { AuditChange, AuditLine } from '../contracts/audit.ts'
import { actionWords } from '../domain/audit/action-groups.ts'

const UNNAMED: Readonly<Record<string, string>> = {
	person: 'A former colleague',
	api_key: 'A former API key',
	webhook: 'Message of the gateway',
	gateway: 'The gateway',
	payer: 'The payer',
}

const words = (name: string): string => {
	const text = name.replaceAll('_', ' ')
	return text.charAt(0).toUpperCase() + text.slice(1)
}

const textOf = (value: unknown): string | null => {
	if (value === null || value === undefined) return null
	return typeof value === 'string' ? value : JSON.stringify(value)
}

const entriesOf = (value: unknown): [string, unknown][] =>
	typeof value === 'object' && value !== null ? Object.entries(value) : []

function changesOf({ before, after }: AuditRow): AuditChange[] {
	const was = new Map(entriesOf(before))
	const is = new Map(entriesOf(after))
	return [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
		name: words(name),
		before: textOf(was.get(name)),
		after: textOf(is.get(name)),
	}))
}

/** Rows of version 1 repeat actor, action and subject in the payload; those are shown already. */
const factsOf = ({ payload, version }: AuditRow) =>
	entriesOf(payload).flatMap(([name, value]) => {
		const text = textOf(value)
		return text === null || (version === 1 && name === 'row') ? [] : [{ name: words(name), value: text }]
	})

function linkTo(kind: string, id: string): string | null {
	if (kind === 'payment') return `/console/payments/${id}`
	return kind === 'dispute' ? `/console/disputes/${id}` : null
}

function lineOf(row: AuditRow, names: ReadonlyMap<string, string>): AuditLine {
	const { actor_id: id, actor_kind: kind, subject_kind: subjectKind, subject_id: subjectId } = row
	return {
		row: row.seq.toString(),
		at: row.at.getTime(),
		who: (id !== null ? names.get(id) : undefined) ?? UNNAMED[kind] ?? 'Tillhouse',
		actor: { kind, id },
		title: actionWords(row.action),
		action: row.action,
		subject: { kind: subjectKind, id: subjectId, link: linkTo(subjectKind, subjectId) },
		changes: changesOf(row),
		facts: factsOf(row),
		reason: row.reason,
		requestId: row.request_id,
		network: row.client_network,
		hash: row.hash.toString('hex'),
	}
}

/** Rows of the record with the names of who acted. */
export async function auditLines(
	db: Kysely<DB>,
	merchantId: string,
	rows: readonly AuditRow[],
): Promise<AuditLine[]> {
	const ids = [...new Set(rows.flatMap(({ actor_id: id }) => id ?? []))]
	const names = await namesOfActors(db, { merchantId, ids })
	return rows.map((row) => lineOf(row, names))
}
