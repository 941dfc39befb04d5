import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import { addPerson, askForAccount, askForReset, newAddress, PASSWORD, signIn } from '#tests/support/people.ts'

let first: House
let second: House
beforeAll(async () => {
	first = await openHouse({ worker: false, webhooks: false })
	second = await openHouse({ worker: false, webhooks: false, beside: first })
})
afterAll(async () => {
	await second.close()
	await first.close()
})

let lines = 0
/** A network nobody came from before. */
const newNetwork = () => `2001:db8:7:${(lines += 1).toString(16)}`

describe('signing in again and again', () => {
	test('is stopped after five, whichever instance is asked and wherever in the /64 one is', async () => {
		const { email } = await addPerson(first)
		const network = newNetwork()
		const statuses: number[] = []
		for (let n = 1; n <= 7; n++) {
			const house = n % 2 ? first : second
			const spelled = n % 2 ? email : ` ${email.toUpperCase()} `
			const visitor = { clientIp: `${network}::${n}`, headers: { 'x-forwarded-for': `198.51.100.${n}` } }
			statuses.push((await signIn(house, spelled, 'wrong', visitor)).status)
		}
		expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429])
		const refused = await signIn(first, email, PASSWORD, { clientIp: `${network}::1` })
		expect(refused).toMatchObject({ status: 429 })
		expect(refused.data['message']).toMatch(/^There were too many tries\. Wait \d+ (seconds?|minutes?), then/)
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
	})

	test('keeps nobody out who comes from elsewhere', async () => {
		const { email } = await addPerson(first)
		const attacker = { clientIp: `${newNetwork()}::1` }
		for (let n = 0; n < 8; n++) await signIn(first, email, 'wrong', attacker)
		expect((await signIn(first, email, PASSWORD, { clientIp: `${newNetwork()}::1` })).status).toBe(302)
	})

	test('is forgiven by the right password', async () => {
		const { email } = await addPerson(first)
		const visitor = { clientIp: `${newNetwork()}::1` }
		for (let n = 0; n < 3; n++) {
			for (let wrong = 0; wrong < 4; wrong++) await signIn(first, email, 'wrong', visitor)
			expect((await signIn(first, email, PASSWORD, visitor)).status).toBe(302)
		}
	})

	test('costs an address that nobody has the same', async () => {
		const visitor = { clientIp: `${newNetwork()}::1` }
		const email = newAddress()
		const statuses: number[] = []
		for (let n = 0; n < 6; n++) statuses.push((await signIn(first, email, 'wrong', visitor)).status)
		expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
	})
})

test('one network makes ten accounts an hour at most, and asks for twenty mails', async () => {
	const visitor = { clientIp: `${newNetwork()}::1` }
	const signUps: number[] = []
	for (let n = 0; n < 11; n++) signUps.push((await askForAccount(first, 'no address', {}, visitor)).status)
	expect(signUps).toEqual([...Array<number>(10).fill(400), 429])
	const resets: number[] = []
	for (let n = 0; n < 21; n++) resets.push((await askForReset(first, newAddress(), visitor)).status)
	expect(resets).toEqual([...Array<number>(20).fill(200), 429])
})

test('a mailbox gets five mails an hour, and the asker hears the same as ever', async () => {
	const { email } = await addPerson(first)
	const had = (await mailTo(first, email)).length
	const answers = []
	for (let n = 0; n < 8; n++)
		answers.push(await askForReset(first, email, { clientIp: `${newNetwork()}::1` }))
	expect(new Set(answers.map(({ status, data }) => JSON.stringify([status, data]))).size).toBe(1)
	// The mail of the sign-up was the first of the five.
	expect((await mailTo(first, email)).length - had).toBe(4)
})
