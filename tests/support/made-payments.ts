import { seededRandom } from '#app/domain/fraud/model/seeded-random.ts'
import type { FilePayment } from '#tests/bench/fraud/payments-file.ts'

type Sizes = { days: number; cards: number; merchants: number; seed: number }

const DAY = 86_400

/**
 * Payments of our own making, in order of arrival: cards with habits, some stolen for a week and used for large sums,
 * some merchants whose terminals leak for two weeks. Many fall on a full hour, and some in the same second.
 */
export function madePayments({ days, cards, merchants, seed }: Sizes): FilePayment[] {
	const random = seededRandom(seed)
	const usual = Array.from({ length: cards }, () => 500 + Math.floor(random() * 9_000))
	const stolenFrom = usual.map(() => (random() < 0.2 ? Math.floor(random() * days) : Infinity))
	const leaksFrom = Array.from({ length: merchants }, () =>
		random() < 0.15 ? Math.floor(random() * days) : Infinity,
	)
	const made = Array.from({ length: days }, (_, day) =>
		usual.flatMap((mean, card) =>
			Array.from({ length: Math.floor(random() * 4) }, () => {
				const merchant = Math.floor(random() * merchants)
				const second = Math.floor(random() * DAY)
				const isStolen = day >= (stolenFrom[card] ?? Infinity) && day < (stolenFrom[card] ?? 0) + 7
				const isAbused = isStolen && random() < 0.5
				const isLeaked = day >= (leaksFrom[merchant] ?? Infinity) && day < (leaksFrom[merchant] ?? 0) + 14
				return {
					t: day * DAY + (random() < 0.2 ? Math.floor(second / 3_600) * 3_600 : second),
					card: `card_${card}`,
					merchant: `mer_${merchant}`,
					amountCents: Math.max(1, Math.floor(mean * (0.5 + random()) * (isAbused ? 4 : 1))),
					fraud: isAbused || isLeaked ? (1 as const) : (0 as const),
				}
			}),
		),
	).flat()
	return made.sort((a, b) => a.t - b.t).map((payment, txId) => ({ ...payment, txId }))
}
