import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkCredentials } from '#app/http/check-credentials.server.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import type { Seen } from '#tests/support/pages.ts'
import { addPerson, askForAccount, askForReset, newAddress, signIn } from '#tests/support/people.ts'
import { times } from '#tests/support/sizes.ts'
import { welchT } from '#tests/support/welch.ts'
import { runNow } from '../payments/by-hand.ts'

let house: House
let known: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	known = (await addPerson(house)).email
})
afterAll(() => house.close())

/** All an asker gets to see, but for the address they typed. */
const seen = ({ status, headers, data }: Seen, email: string): string =>
	JSON.stringify([status, [...headers], data]).replaceAll(email, '…')

const ASKS: readonly [string, (email: string) => Promise<Seen>][] = [
	['signing up', (email) => askForAccount(house, email)],
	['asking for a new password', (email) => askForReset(house, email)],
	['signing in', (email) => signIn(house, email, 'not the password')],
]

test.each(ASKS)('%s says the same of an address that is known and of one that is not', async (_what, ask) => {
	const unknown = newAddress()
	expect(seen(await ask(known), known)).toBe(seen(await ask(unknown), unknown))
	await runNow(house, sendMail)
})

test('whoever signs up with a known address cannot tell by signing in; the mailbox is told', async () => {
	const unknown = newAddress()
	await askForAccount(house, known, { password: 'a password of mine own' })
	await askForAccount(house, unknown, { password: 'a password of mine own' })
	const answers = [
		seen(await signIn(house, known, 'a password of mine own'), known),
		seen(await signIn(house, unknown, 'a password of mine own'), unknown),
	]
	expect(answers[0]).toBe(answers[1])
	expect((await mailTo(house, known)).at(-1)?.subject).toBe('You already have an account')
	expect((await mailTo(house, unknown)).at(-1)?.subject).toBe('Confirm your e-mail address')
})

/** Beyond it the two could be told apart (|t| < 4.5 is the rule of TVLA). */
const TELLING_APART = 4.5

test('checking a password takes as long for an address nobody has', { timeout: 600_000 }, async () => {
	const { db, isPassword } = house.services
	const peopleLimits = { countLogIn: () => Promise.resolve(), forgiveLogIn: () => Promise.resolve() }
	const took = async (email: string): Promise<number> => {
		const from = performance.now()
		await checkCredentials(
			{ db, isPassword, peopleLimits, logger: house.services.logger },
			{ email, password: 'not the password', clientIp: '127.0.0.1' },
		).catch(() => undefined)
		return performance.now() - from
	}
	for (let n = 0; n < 5; n++) await took(known)
	const samples: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
	for (let n = 0; n < times(60, 10_000); n++) {
		// In random order, so that what the machine does meanwhile falls on both alike.
		const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
		for (const which of order) samples[which].push(await took(which === 'known' ? known : newAddress()))
	}
	expect(Math.abs(welchT(samples.known, samples.unknown))).toBeLessThan(TELLING_APART)
})
