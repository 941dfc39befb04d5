import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgotPassword } from '#app/commands/people/reset-password.server.ts'
import { signUp } from '#app/commands/people/sign-up.server.ts'
import { checkCredentials } from '#app/http/check-credentials.server.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import type { Seen } from '#tests/support/pages.ts'
import { addPerson, askForAccount, askForReset, newAddress, PASSWORD, signIn } from '#tests/support/people.ts'
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

type Timed = (email: string) => Promise<unknown>

const TIMED: readonly [string, () => Timed][] = [
	[
		'checking a password',
		() => {
			const { db, isPassword, logger } = house.services
			const peopleLimits = { countLogIn: () => Promise.resolve(), forgiveLogIn: () => Promise.resolve() }
			const deps = { db, isPassword, peopleLimits, logger }
			return (email) => checkCredentials(deps, { email, password: 'not the password', clientIp: '127.0.0.1' })
		},
	],
	['asking for a new password', () => (email) => forgotPassword(unlimited(), { email })],
	[
		'signing up',
		() => (email) =>
			signUp(unlimited(), { email, name: 'Ada Lace', merchantName: 'Lace & Co', password: PASSWORD }),
	],
]

/** Without the count of mails into one mailbox, which is its own: what is measured is whether an address is known. */
const unlimited = () => ({ ...house.services, peopleLimits: { mayMail: () => Promise.resolve(true) } })

/** One sample each, in random order, so that what the machine does meanwhile falls on both alike. */
async function sample(ask: Timed, samples: Record<'known' | 'unknown', number[]>): Promise<void> {
	const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
	for (const which of order) {
		const email = which === 'known' ? known : newAddress()
		const from = performance.now()
		await ask(email).catch(() => undefined)
		samples[which].push(performance.now() - from)
	}
}

test.each(TIMED)(
	'%s takes as long for an address nobody has',
	{ timeout: 3_600_000 },
	async (what, prepare) => {
		const ask = prepare()
		for (let n = 0; n < 5; n++) await ask(known).catch(() => undefined)
		const samples = { known: [], unknown: [] }
		const count = times(60, 10_000)
		for (let n = 0; n < count; n++) await sample(ask, samples)
		const t = welchT(samples.known, samples.unknown)
		if (count > 60) process.stdout.write(`${what}: t = ${t.toFixed(2)} of ${count} samples each\n`)
		expect(Math.abs(t)).toBeLessThan(TELLING_APART)
	},
)
