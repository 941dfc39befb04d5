import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { openStream, type StreamReader } from '../integration/feed/stream-reader.ts'
import { takePayment } from '../integration/payments/by-hand.ts'
import { addPerson, type Person } from './people.ts'
import { addKey } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const PATIENCE = { timeout: 15_000, interval: 20 }

const watching = async (path: string, headers: Record<string, string>): Promise<StreamReader> => {
	const reader = await openStream(house, { path, headers })
	await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
	return reader
}
const inConsole = ({ cookie }: Person) => watching('/console/stream', { cookie })

/** A role of the merchant's own, by which nobody sees payments. */
async function demote({ userId }: Person): Promise<void> {
	const role = newId('rol')
	const { db } = house.services
	await db
		.insertInto('roles')
		.values({
			id: role,
			merchant_id: house.demo.merchantId,
			name: 'Host',
			permissions: ['team.read'],
			updated_by: 'console:usr_test',
		})
		.execute()
	await db.updateTable('memberships').set({ role }).where('user_id', '=', userId).execute()
}

const endSessions = ({ userId }: Person) =>
	house.services.db.deleteFrom('sessions').where('user_id', '=', userId).execute()

/** The stream ends by itself, and what happens afterwards is not told. */
async function expectCutOff(reader: StreamReader, change: () => Promise<unknown>): Promise<void> {
	await change()
	await expect.poll(() => reader.hasEnded(), PATIENCE).toBe(true)
	const before = reader.told.length
	await takePayment(house, { confirm: false })
	expect(reader.told).toHaveLength(before)
}

describe('an open stream of the console is closed for', () => {
	test('a person whose role no longer shows payments, and for nobody else', async () => {
		const [demoted, colleague] = [
			await addPerson(house, { role: 'support' }),
			await addPerson(house, { role: 'analyst' }),
		]
		const [reader, other] = [await inConsole(demoted), await inConsole(colleague)]
		await expectCutOff(reader, () => demote(demoted))
		await expect.poll(() => other.changes().length, PATIENCE).toBe(1)
		expect(other.hasEnded()).toBe(false)
		await other.leave()
		const again = await fetch(`${house.baseUrl}/console/stream`, { headers: { cookie: demoted.cookie } })
		expect(again.status).toBe(403)
	})

	test('a person who is no longer on the team', async () => {
		const person = await addPerson(house, { role: 'owner' })
		const removal = () =>
			house.services.db.deleteFrom('memberships').where('user_id', '=', person.userId).execute()
		await expectCutOff(await inConsole(person), removal)
	})

	test('a person whose session is ended', async () => {
		const person = await addPerson(house, { role: 'owner' })
		await expectCutOff(await inConsole(person), () => endSessions(person))
	})

	test('a person who has not done anything for half an hour: watching keeps no session alive', async () => {
		const person = await addPerson(house, { role: 'owner' })
		const reader = await inConsole(person)
		const idle = new Date(Date.now() - 31 * 60_000)
		const wentIdle = () =>
			house.services.db
				.updateTable('sessions')
				.set({ last_seen_at: idle })
				.where('user_id', '=', person.userId)
				.execute()
		await expectCutOff(reader, wentIdle)
	})
})

test('an open stream of the API is closed when its key is revoked', async () => {
	const { authorization } = await addKey(house, house.demo.merchantId)
	const reader = await watching('/api/v1/stream', { authorization })
	await expectCutOff(reader, () =>
		house.services.db
			.updateTable('api_keys')
			.set({ revoked_at: new Date() })
			.where('hint', '=', '…test')
			.execute(),
	)
})
