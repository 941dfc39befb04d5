import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { verifyAudit } from '../../app/commands/audit/verify-audit.server.ts'
import type { Walked } from '../../app/commands/audit/walk-chain.server.ts'
import { PROBLEM_WORDS } from '../../app/domain/audit/judge-chain.ts'
import { hashOfRow, listMerchants } from '../../db/queries/audit-chain.ts'
import type { DB } from '../../db/schema.ts'
import { withDatabase } from './ops-database.ts'

type Asked = { merchant: string | null; heads: string | null; asJson: boolean }

const print = (text: string) => void process.stdout.write(`${text}\n`)

const Head = z.object({
	metric: z.literal('audit_head'),
	merchantId: z.string(),
	seq: z.int().positive(),
	hash: z.string(),
})
type Head = z.infer<typeof Head>

/** A log has many other lines; those are passed over. */
async function* headsIn(file: string): AsyncGenerator<Head> {
	for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
		if (!line.includes('"audit_head"')) continue
		const parsed = Head.safeParse(JSON.parse(line))
		if (parsed.success) yield parsed.data
	}
}

/** Heads that were kept and are not in the record any more: it was rewritten as a whole. */
async function lostHeads(
	db: Kysely<DB>,
	{ heads, merchant }: Asked,
): Promise<{ lost: Head[]; seen: number }> {
	const lost: Head[] = []
	let seen = 0
	if (heads === null) return { lost, seen }
	for await (const head of headsIn(heads)) {
		if (merchant !== null && head.merchantId !== merchant) continue
		seen += 1
		if ((await hashOfRow(db, head.merchantId, BigInt(head.seq))) !== head.hash) lost.push(head)
	}
	if (seen === 0) throw new Error(`${heads} holds no line of the audit record, so nothing was compared.`)
	return { lost, seen }
}

function line({ merchantId, holdsUpTo, broken }: Walked): string {
	if (broken === null) return `  ok      ${merchantId}  ${holdsUpTo} rows`
	return `  BROKEN  ${merchantId}  row ${broken.seq}: ${PROBLEM_WORDS[broken.problem](broken.seq.toString())}`
}

const asText = (walked: readonly Walked[], lost: readonly Head[], seen: number): string =>
	[
		'',
		...walked.map(line),
		...lost.map(
			({ merchantId, seq }) =>
				`  BROKEN  ${merchantId}  row ${seq}: It is not the line that was kept outside the database.`,
		),
		...(seen > 0 ? ['', `  ${seen} kept heads compared`] : []),
		'',
	].join('\n')

const asData = (walked: readonly Walked[], lost: readonly Head[]) => ({
	chains: walked.map(({ merchantId, holdsUpTo, broken }) => ({
		merchant: merchantId,
		holds_up_to: Number(holdsUpTo),
		broken: broken && { row: Number(broken.seq), problem: broken.problem },
	})),
	lost_heads: lost,
})

/** Walks and keeps the result. 0: all holds, 1: something does not. Throws when it cannot be checked. */
export const verifyAuditRecord = (url: string, asked: Asked): Promise<number> =>
	withDatabase(url, async (db) => {
		const merchants = await listMerchants(db)
		if (merchants.length === 0) throw new Error('The check saw no business, so it has checked nothing.')
		if (asked.merchant !== null && !merchants.includes(asked.merchant))
			throw new Error(`There is no business ${asked.merchant}.`)
		const clock = { now: () => new Date() }
		const walked = await verifyAudit({ db, clock, committed: () => undefined }, asked.merchant)
		const { lost, seen } = await lostHeads(db, asked)
		print(asked.asJson ? JSON.stringify(asData(walked, lost), null, '\t') : asText(walked, lost, seen))
		return lost.length === 0 && walked.every(({ broken }) => broken === null) ? 0 : 1
	})
