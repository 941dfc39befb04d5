import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '#app/commands/audit/verify-audit.server.ts'
import { createLogger } from '#app/telemetry/logger.server.ts'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findCheck, listHeads } from '#db/queries/audit-chain.ts'
import { verifyAudit as verifyAuditJob, sayAuditHeads } from '#jobs/catalog/audit.ts'
import sayHeads from '#jobs/handlers/say-audit-heads.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { runNow } from '../payments/by-hand.ts'

const ROWS = 9

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const merchant = () => house.demo.merchantId

async function write(count: number): Promise<void> {
	await inTransaction(house.services.db, (tx) =>
		appendAudit(
			tx,
			Array.from({ length: count }, (_, n) => ({
				merchant_id: merchant(),
				actor: 'console:usr_ada',
				action: 'refund_limit.changed',
				subject_id: merchant(),
				payload: { n },
				before: { limit: String(n) },
				after: { limit: String(n + 1) },
				reason: 'the season begins',
			})),
		),
	)
}

/** As an intruder could who has the owner's rights. */
async function asOwner(change: string): Promise<void> {
	await sql
		.raw(
			`alter table audit_log disable trigger user; alter table audit_head disable trigger user; ${change};
			alter table audit_log enable trigger user; alter table audit_head enable trigger user`,
		)
		.execute(house.owner)
}

beforeEach(async () => {
	await asOwner('delete from audit_log; delete from audit_head')
	await write(ROWS)
})

const verified = async () => (await verifyAudit(house.services, merchant()))[0]

test('an untouched chain holds to its last row, over more than one slice', async () => {
	for (let batch = 0; batch < 9; batch++) await write(250)
	expect(await verified()).toEqual({ merchantId: merchant(), holdsUpTo: BigInt(ROWS + 2_250), broken: null })
	expect(await findCheck(house.services.db, merchant())).toMatchObject({
		holdsUpTo: BigInt(ROWS + 2_250),
		brokenAt: null,
	})
})

test.each([
	['who', "actor = 'console:usr_eve'"],
	['what', "action = 'refund_limit.read'"],
	['about whom', "subject_id = 'pay_other'"],
	['when', "at = at - interval '1 microsecond'"],
	['the facts', "payload = '{}'"],
	['what was', "before = '{}'"],
	['what is', 'after = null'],
	['why', "reason = 'no reason'"],
	['the request', "request_id = 'req_1'"],
	['the network', "client_network = '203.0.113.0/24'"],
	['the hash', "hash = '\\x00'"],
	['the version', 'version = 1'],
])('a change of %s is found at its row', async (_, change) => {
	await asOwner(`update audit_log set ${change} where seq = 4`)
	expect(await verified()).toEqual({
		merchantId: merchant(),
		holdsUpTo: 3n,
		broken: { seq: 4n, problem: 'changed' },
	})
})

test.each([
	['a row taken out', 'delete from audit_log where seq = 5', 5n, 'missing'],
	['the first row taken out', 'delete from audit_log where seq = 1', 1n, 'missing'],
	['a cut tail', 'delete from audit_log where seq > 6', 7n, 'cut_off'],
	['every row taken out', 'delete from audit_log', 1n, 'cut_off'],
	[
		'two rows in each other’s place',
		`update audit_log set seq = 1000 where seq = 3; update audit_log set seq = 3 where seq = 6;
			update audit_log set seq = 6 where seq = 1000`,
		3n,
		'moved',
	],
	[
		'a row replaced together with its hash',
		"update audit_log a set actor = 'job', hash = audit_hash(a) where seq = 4; update audit_log a set actor = 'console:usr_eve' where seq = 4; update audit_log a set hash = audit_hash(a) where seq = 4",
		5n,
		'unlinked',
	],
	['a tail cut together with its head', 'update audit_head set seq = 6 where true', 9n, 'head'],
	['a head taken away', 'delete from audit_head', 9n, 'head'],
])('%s is found', async (_, change, seq, problem) => {
	await asOwner(change)
	expect((await verified())?.broken).toEqual({ seq, problem })
})

test('rows written before every column was hashed can still be verified', async () => {
	await asOwner(`update audit_log a set version = 1, before = null, after = null, reason = null where seq = 1;
		update audit_log a set hash = audit_hash(a) where seq = 1;
		update audit_log a set prev = (select hash from audit_log where seq = 1) where seq = 2;
		update audit_log a set hash = audit_hash(a) where seq = 2;
		delete from audit_log where seq > 2; update audit_head set seq = 2, hash = (select hash from audit_log where seq = 2)`)
	expect(await verified()).toMatchObject({ holdsUpTo: 2n, broken: null })
	await asOwner("update audit_log set reason = 'put in later' where seq = 1")
	expect((await verified())?.broken).toEqual({ seq: 1n, problem: 'changed' })
})

test('a broken chain is put before a person, and the item closes when the chain holds again', async () => {
	const items = () =>
		house.services.db
			.selectFrom('attention_items')
			.select(['kind', 'detail', 'closed_at', 'outcome'])
			.where('kind', '=', 'audit_broken')
			.orderBy('id')
			.execute()
	await house.services.db.deleteFrom('attention_items').execute()
	const { rows } = await sql<{ reason: string }>`select reason from audit_log where seq = 2`.execute(
		house.owner,
	)
	await asOwner("update audit_log set reason = 'another' where seq = 2")
	await inTransaction(house.services.db, (tx) => house.services.enqueue(tx, verifyAuditJob, [{}]))
	await runNow(house, verifyAuditJob)
	await verified()
	expect(await items()).toEqual([
		{
			kind: 'audit_broken',
			detail: 'Line 2 was changed after it was written.',
			closed_at: null,
			outcome: null,
		},
	])
	await asOwner(`update audit_log set reason = '${rows[0]?.reason}' where seq = 2`)
	await verified()
	expect(await items()).toMatchObject([{ closed_at: expect.any(Date), outcome: 'gone' }])
})

test('the last line of every chain is said in the log', async () => {
	const lines: string[] = []
	const logger = createLogger({ level: 'info' }, { write: (line: string) => void lines.push(line) })
	const job = { queue: sayAuditHeads.name, job: {} } as Parameters<typeof sayHeads.run>[2]
	await sayHeads.run({ db: house.services.db, logger }, {}, job)
	const { rows } = await sql<{ hash: Buffer }>`select hash from audit_log where seq = ${ROWS}`.execute(
		house.owner,
	)
	expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
		expect.objectContaining({
			metric: 'audit_head',
			merchantId: merchant(),
			seq: ROWS,
			hash: rows[0]?.hash.toString('hex'),
		}),
	)
})

describe('npm run ops -- audit verify', () => {
	const ops = async (...more: string[]) => {
		const options = { env: { ...process.env, DATABASE_URL: house.databaseUrl } }
		const run = promisify(execFile)(
			process.execPath,
			['jobs/ops/main.ts', 'audit', 'verify', ...more],
			options,
		)
		return run.then(
			({ stdout }) => ({ code: 0, stdout }),
			(error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
		)
	}

	test('names the first broken row and ends with 1', async () => {
		expect(await ops('--merchant', merchant())).toMatchObject({ code: 0 })
		await asOwner("update audit_log set reason = 'another' where seq = 2")
		const { code, stdout } = await ops()
		expect(code).toBe(1)
		expect(stdout).toContain(`BROKEN  ${merchant()}  row 2: Line 2 was changed after it was written.`)
	})

	test('finds a record that was rewritten as a whole, by a head that was kept outside', async () => {
		const [head] = await listHeads(house.services.db)
		const file = join(await mkdtemp(join(tmpdir(), 'heads-')), 'app.log')
		await writeFile(
			file,
			`{"msg":"other"}\n${JSON.stringify({ metric: 'audit_head', ...head, seq: ROWS })}\n`,
		)
		expect(await ops('--heads', file)).toMatchObject({ code: 0 })
		await asOwner('delete from audit_log; delete from audit_head')
		await write(ROWS)
		expect((await verified())?.broken).toBeNull()
		const { code, stdout } = await ops('--heads', file)
		expect(code).toBe(1)
		expect(stdout).toContain(`BROKEN  ${merchant()}  row ${ROWS}: It is not the line that was kept`)
	})

	test('ends with 2 when nothing was checked', async () => {
		expect(await ops('--merchant', 'mer_nobody')).toMatchObject({ code: 2 })
		expect(await ops('--heads', 'package.json')).toMatchObject({ code: 2 })
	})
})
