import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { times } from '#tests/support/sizes.ts'
import { many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
beforeAll(async () => {
	pair = await openPair({ worker: false })
})
afterAll(() => pair.close())

const SPELLINGS = ['ann@shop.test', 'Ann@shop.test', 'ANN@SHOP.TEST', 'ann@Shop.Test']

test.each(rounds(times(4, 80)))(
	'C9, round %i: of 64 people with one e-mail address there is one',
	async (round) => {
		const results = await Promise.allSettled(
			many((index) =>
				pair.houses[index % 2 === 0 ? 0 : 1].services.db
					.insertInto('users')
					.values({
						id: newId('usr'),
						email: `${round}-${SPELLINGS[index % SPELLINGS.length]}`,
						name: 'Ann',
						password_hash: 'none',
					})
					.execute(),
			),
		)
		const refused = results.filter((result) => result.status === 'rejected')
		expect(results.length - refused.length).toBe(1)
		for (const { reason } of refused) expect(reason).toMatchObject({ constraint: 'users_email_key' })
	},
)
