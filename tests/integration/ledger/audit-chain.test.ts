import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { chargedPayment, runNow } from '../payments/by-hand.ts'
import { violations } from './invariants.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	const ids = await Promise.all([1, 2, 3].map(() => chargedPayment(house)))
	for (const id of ids) await house.call('POST', `/api/v1/payments/${id}/refund`, { amount: 100 })
	await runNow(house, sendRefund)
})
afterAll(() => house.close())

type Row = { seq: bigint; said: string; payload: string; prev: Buffer; hash: Buffer }

const chain = async () => {
	const { rows } = await sql<Row>`
		select seq, payload::text as payload, prev, hash, jsonb_build_array(2, merchant_id, extract(epoch from at)::text,
			actor, action, subject_id, payload, before, after, reason, request_id, client_network)::text as said
		from audit_log order by merchant_id, seq`.execute(house.services.db)
	return rows
}

function hashOf(row: Row, prev: Buffer): string {
	const seq = Buffer.alloc(8)
	seq.writeBigInt64BE(row.seq)
	return createHash('sha256').update(prev).update(seq).update(row.said, 'utf8').digest('hex')
}

/** Does something that the triggers forbid, as an intruder with the owner's rights could. */
async function tamper(change: string): Promise<void> {
	const db = house.owner
	await sql`alter table audit_log disable trigger audit_log_append_only`.execute(db)
	await sql.raw(change).execute(db)
	await sql`alter table audit_log enable trigger audit_log_append_only`.execute(db)
}

test('every row hashes its own words and the row before it', async () => {
	const rows = await chain()
	expect(rows.length).toBeGreaterThanOrEqual(9)
	let prev: Buffer = Buffer.from([0])
	for (const [index, row] of rows.entries()) {
		expect(row.seq).toBe(BigInt(index + 1))
		expect(row.hash.toString('hex'), `row ${row.seq}`).toBe(hashOf(row, prev))
		prev = row.hash
	}
})

test('whoever writes a row cannot choose its place, time or hash', async () => {
	const before = (await chain()).length
	await sql`insert into audit_log (merchant_id, seq, at, actor, action, subject_id, payload, prev, hash)
		values (${house.demo.merchantId}, 1, '2001-01-01', 'test', 'test', 'test', '{}', '\\x01', '\\x02')`.execute(
		house.services.db,
	)
	expect((await chain()).at(-1)).toMatchObject({ seq: BigInt(before + 1) })
	expect(await violations(house.services.db, ['I23', 'I24'])).toEqual([])
})

test('the app can neither move a head nor run what moves it', async () => {
	const forbidden = [
		"update audit_head set seq = 0, hash = '\\x00'",
		'delete from audit_head',
		`insert into audit_head values ('${house.demo.merchantId}', 0, '\\x00')`,
		'create temp table audit_log_too as select * from audit_log; create trigger t before insert on audit_log_too for each row execute function audit_chained()',
	]
	for (const change of forbidden)
		await expect(sql.raw(change).execute(house.services.db), change).rejects.toThrow('permission denied')
	for (const change of ['delete from audit_head', 'truncate audit_head'])
		await expect(sql.raw(change).execute(house.owner), change).rejects.toThrow('audit_head is append-only')
})

test('rows cannot be changed or deleted', async () => {
	for (const change of ["update audit_log set actor = 'me'", 'delete from audit_log', 'truncate audit_log']) {
		await expect(sql.raw(change).execute(house.owner)).rejects.toThrow('audit_log is append-only')
		await expect(sql.raw(change).execute(house.services.db)).rejects.toThrow('permission denied')
	}
})

test('a row that was changed all the same is found, and so are a hole and a cut-off tail', async () => {
	const { merchantId } = house.demo
	const { db } = house.services
	expect(await violations(db, ['I23', 'I24'])).toEqual([])
	const [first] = await chain()
	await tamper(`update audit_log set payload = '{"amount_minor": "1"}' where seq = 1`)
	expect(await violations(db, ['I23', 'I24'])).toEqual([`I23 ${merchantId}:1 `])
	await tamper(`update audit_log set payload = '${first?.payload}' where seq = 1`)
	expect(await violations(db, ['I23', 'I24'])).toEqual([])
	await tamper('delete from audit_log where seq = (select max(seq) from audit_log)')
	expect(await violations(db, ['I23', 'I24'])).toEqual([expect.stringMatching(`^I24 ${merchantId} `)])
	await tamper('delete from audit_log where seq = 2')
	expect(await violations(db, ['I23'])).toEqual([`I23 ${merchantId}:3 `])
})

/** The same sequence for the same seed. */
function chanceFrom(seed: number) {
	let state = seed
	return (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * below)
	}
}

const flip = (column: string, bit: number) =>
	`${column} = set_bit(${column}, ${bit} % (8 * length(${column})), 1 - get_bit(${column}, ${bit} % (8 * length(${column}))))`

/** One way to falsify a row, down to a single bit. */
const TAMPERS: ((at: string, dice: number) => string)[] = [
	(at, dice) => `update audit_log set ${flip('hash', dice)} where ${at}`,
	(at, dice) => `update audit_log set ${flip('prev', dice)} where ${at}`,
	(at, dice) => `update audit_log set at = at + interval '${1 + dice} microseconds' where ${at}`,
	(at, dice) =>
		`update audit_log set actor = overlay(actor placing '*' from 1 + ${dice} % length(actor)) where ${at}`,
	(at, dice) =>
		`update audit_log set action = overlay(action placing '*' from 1 + ${dice} % length(action)) where ${at}`,
	(at) => `update audit_log set subject_id = subject_id || '0' where ${at}`,
	(at, dice) => `update audit_log set payload = payload || '{"extra": ${dice}}' where ${at}`,
	(at) => `update audit_log set before = '{"limit": "1"}' where ${at}`,
	(at) => `update audit_log set after = '{"limit": "1"}' where ${at}`,
	(at) => `update audit_log set reason = 'asked by the customer' where ${at}`,
	(at) => `update audit_log set request_id = coalesce(request_id, '') || '0' where ${at}`,
	(at) => `update audit_log set client_network = '203.0.113.0/24' where ${at}`,
	(at) => `update audit_log set version = 1 where ${at}`,
	(at) => `update audit_log set seq = seq + 1000 where ${at}`,
	(at) => `delete from audit_log where ${at}`,
	(at) => `update audit_head set seq = seq - 1 where exists (select from audit_log where ${at})`,
	(at, dice) =>
		`update audit_head set ${flip('hash', dice)} where exists (select from audit_log where ${at})`,
]

test('of a hundred falsifications at random, each is found', async () => {
	const seed = Math.floor(Math.random() * 2 ** 31)
	const chance = chanceFrom(seed)
	const fresh = await openHouse({ worker: false, webhooks: false })
	const ids = await Promise.all([1, 2, 3, 4, 5].map(() => chargedPayment(fresh)))
	for (const id of ids) await fresh.call('POST', `/api/v1/payments/${id}/refund`, { amount: 100 })
	await runNow(fresh, sendRefund)
	const { rows } = await sql<{ seq: bigint }>`select seq from audit_log order by seq`.execute(fresh.owner)
	expect(await violations(fresh.services.db, ['I23', 'I24'])).toEqual([])

	const missed: string[] = []
	for (let n = 0; n < 100; n++) {
		const seq = rows[chance(rows.length)]?.seq
		const change = TAMPERS[chance(TAMPERS.length)]?.(`seq = ${seq}`, chance(256)) ?? ''
		const undone = new Error('undone')
		const work = fresh.owner.transaction().execute(async (tx) => {
			await sql`alter table audit_log disable trigger audit_log_append_only`.execute(tx)
			const { numAffectedRows } = await sql.raw(change).execute(tx)
			expect(numAffectedRows, change).toBeGreaterThan(0n)
			if ((await violations(tx, ['I23', 'I24'])).length === 0) missed.push(change)
			throw undone
		})
		await expect(work).rejects.toBe(undone)
	}
	await fresh.close()
	expect(missed, `seed ${seed}`).toEqual([])
}, 60_000)
