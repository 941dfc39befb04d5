import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyRing, VaultRefusal } from '#app/vault/key-ring.server.ts'
import { rotateKeys } from '#app/vault/rotate-keys.server.ts'
import { createVault, type Vault } from '#app/vault/vault.server.ts'
import { createDatabase, createPool, inTransaction } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts'

const SECRET = 'JBSWY3DPEHPK3PXP'
const kek = (id: string) => ({ id, key: randomBytes(32).toString('base64url') })
const first = kek('first')
const second = kek('second')
const ring = createKeyRing({ keys: [first] })
const vault = createVault(ring)

const place = (rowId: string, merchantId: string | null = null) => ({
	table: 'totp_factors',
	column: 'secret',
	rowId,
	merchantId,
})

let database: TestDatabase
let pool: ReturnType<typeof createPool>
let db: ReturnType<typeof createDatabase>

beforeAll(async () => {
	database = await createTestDatabase()
	pool = createPool({
		url: database.url,
		max: 4,
		applicationName: 'test',
		sees: 'every merchant',
		onError: () => undefined,
	})
	db = createDatabase(pool)
	for (const id of ['mer_a', 'mer_b']) {
		await db.insertInto('merchants').values({ id, name: id, statement_descriptor: id }).execute()
	}
})
afterAll(async () => {
	await pool.end()
	await database.drop()
})

const seal = (subjectId: string, rowId: string, merchantId: string | null = null, by: Vault = vault) =>
	inTransaction(db, (tx) => by.seal(tx, { subjectId, merchantId, purpose: 'factors' }, place(rowId), SECRET))

test('a value opens where it was sealed, and in no other row, column or merchant', async () => {
	const sealed = await seal('usr_a', 'tot_a', 'mer_a')
	expect(sealed).toMatch(/^v1\.dek_/)
	expect(sealed).not.toContain(SECRET)
	expect(await vault.open(db, place('tot_a', 'mer_a'), sealed)).toBe(SECRET)
	for (const elsewhere of [
		place('tot_b', 'mer_a'),
		place('tot_a', 'mer_b'),
		place('tot_a'),
		{ ...place('tot_a', 'mer_a'), column: 'name' },
		{ ...place('tot_a', 'mer_a'), table: 'passkeys' },
	])
		await expect(vault.open(db, elsewhere, sealed)).rejects.toThrow(VaultRefusal)
})

test('a data key row given another merchant, purpose or name opens nothing', async () => {
	const sealed = await seal('usr_moved', 'tot_m', 'mer_a')
	const row = db.updateTable('data_keys').where('subject_id', '=', 'usr_moved')
	for (const [change, back] of [
		[{ merchant_id: 'mer_b' }, { merchant_id: 'mer_a' }],
		[{ purpose: 'personal' }, { purpose: 'factors' }],
	] as const) {
		await row.set(change).execute()
		await expect(vault.open(db, place('tot_m', 'mer_a'), sealed)).rejects.toThrow(VaultRefusal)
		await row.set(back).execute()
	}
	expect(await vault.open(db, place('tot_m', 'mer_a'), sealed)).toBe(SECRET)
})

test('two who make the first key of a subject at once use the same one', async () => {
	const both = await Promise.all([seal('usr_race', 'tot_1'), seal('usr_race', 'tot_2')])
	expect(new Set(both.map((sealed) => sealed.split('.')[1])).size).toBe(1)
	expect(await vault.open(db, place('tot_1'), both[0])).toBe(SECRET)
	expect(await vault.open(db, place('tot_2'), both[1])).toBe(SECRET)
})

test('after rotation all opens under the new key, and nothing under the old one', async () => {
	const sealed = await Promise.all(
		Array.from({ length: 12 }, (_, i) => seal(`usr_rotated_${i}`, `tot_rotated_${i}`)),
	)
	const both = createKeyRing({ keys: [second, first] })
	const before = await db.selectFrom('data_keys').selectAll().execute()
	expect(await rotateKeys(db, both)).toBe(before.length)
	expect(await rotateKeys(db, both)).toBe(0)

	const onlyNew = createVault(createKeyRing({ keys: [second] }))
	for (const [i, text] of sealed.entries()) {
		expect(await onlyNew.open(db, place(`tot_rotated_${i}`), text)).toBe(SECRET)
		await expect(vault.open(db, place(`tot_rotated_${i}`), text)).rejects.toThrow('no key named second')
	}
	// The old key under the new one's name: what a restored setting with a mix-up would be.
	const mixedUp = createVault(createKeyRing({ keys: [{ id: 'second', key: first.key }] }))
	await expect(mixedUp.open(db, place('tot_rotated_0'), sealed[0] ?? '')).rejects.toThrow(VaultRefusal)
})

test('a subject that was forgotten stays so, whoever holds the keys', async () => {
	const sealed = await seal('usr_gone', 'tot_gone', null, createVault(createKeyRing({ keys: [second] })))
	expect(await inTransaction(db, (tx) => vault.forget(tx, 'usr_gone'))).toBe(1n)
	await expect(vault.open(db, place('tot_gone'), sealed)).rejects.toThrow('gone')
})

test('without a key nothing is sealed', async () => {
	const empty = createVault(createKeyRing({ keys: [] }))
	await expect(seal('usr_none', 'tot_none', null, empty)).rejects.toThrow('VAULT_KEYS is not set')
})
