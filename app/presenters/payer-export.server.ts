import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { Kysely } from 'kysely'
import type { PayerRow } from '#db/queries/payers.ts'
import { readExportPage, type ExportedPayment } from '#db/queries/payer-export.ts'
import { searchPrivacyRequests } from '#db/queries/privacy.ts'
import type { DB } from '#db/schema.ts'
import type { Sealed } from '../domain/privacy/sealed.ts'
import type { Payers } from '../vault/payers.server.ts'
import { presentRequest } from './privacy.server.ts'

type Deps = { db: Kysely<DB>; payers: Payers }

/** Read, opened and sent together: the whole never stands in memory. */
const TOGETHER = 100
const MOST_REQUESTS = 1_000

type WithEmail = { receipt_email: Sealed | null }

async function opened({ db, payers }: Deps, rows: readonly ExportedPayment[]): Promise<object[]> {
	const copies = (row: ExportedPayment) => [...row.attempts, ...row.events] as WithEmail[]
	const opener = await payers.opener(
		db,
		rows.flatMap((row) => [
			row.sealed_email,
			row.sealed_ip,
			...row.disputes.map((dispute) => dispute.sealed_evidence),
			...copies(row).map((copy) => copy.receipt_email),
		]),
	)
	const open = (copy: unknown) => {
		const { receipt_email: sealed, ...rest } = copy as WithEmail
		return { ...rest, receipt_email: opener('email', sealed) }
	}
	return rows.map(({ sealed_email, sealed_ip, disputes, attempts, events, ...row }) => ({
		...row,
		receipt_email: opener('email', sealed_email),
		client_ip: opener('ip', sealed_ip),
		attempts: attempts.map(open),
		events: events.map(open),
		disputes: disputes.map(({ sealed_evidence, ...dispute }) => ({
			...dispute,
			evidence: JSON.parse(opener('evidence', sealed_evidence) ?? 'null') as unknown,
		})),
	}))
}

async function* pieces(deps: Deps, payer: PayerRow, now: Date): AsyncGenerator<string> {
	const scope = { merchantId: payer.merchant_id, payerId: payer.id }
	const { id, created_at, erased_at, email_hash } = payer
	const head = { object: 'payer_export', made_at: now, payer: { id, created_at, erased_at, email_hash } }
	yield `${JSON.stringify(head).slice(0, -1)},"payments":[`
	for (let after = ''; ;) {
		const rows = await readExportPage(deps.db, scope, { after, limit: TOGETHER })
		const texts = (await opened(deps, rows)).map((row) => JSON.stringify(row)).join(',\n')
		if (texts) yield (after === '' ? '\n' : ',\n') + texts
		const last = rows.at(-1)
		if (!last || rows.length < TOGETHER) break
		after = last.id
	}
	const { rows } = await searchPrivacyRequests(deps.db, { ...scope, limit: MOST_REQUESTS })
	yield `\n],"requests":${JSON.stringify(rows.map(presentRequest))}}\n`
}

/** Everything held about one payer as JSON, as fast as it is taken. */
export const payerExport = (deps: Deps, payer: PayerRow, now: Date): ReadableStream<Uint8Array> =>
	Readable.toWeb(
		Readable.from(pieces(deps, payer, now), { objectMode: false }),
	) as NodeReadableStream as ReadableStream<Uint8Array>
