import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FEATURES } from '#db/features/feature-set.ts'
import { openGround, type Ground } from '#tests/bench/fraud/ground.ts'
import { DAY_SECONDS, readColumns, readPayments } from '#tests/bench/fraud/payments-file.ts'
import { createReplay } from '#tests/bench/fraud/replay.ts'

/** The folder of the yardstick's files, which are not ours to ship. */
const FOLDER = process.env['FRAUD_DATA']
const DAY = 115

const OURS: Record<string, string> = {
	TX_AMOUNT: 'amount_usd',
	TX_DURING_WEEKEND: 'is_weekend',
	TX_DURING_NIGHT: 'is_night',
	...Object.fromEntries(
		[1, 7, 30].flatMap((days) => [
			[`CUSTOMER_ID_NB_TX_${days}DAY_WINDOW`, `payer_count_${days}d`],
			[`CUSTOMER_ID_AVG_AMOUNT_${days}DAY_WINDOW`, `payer_mean_${days}d`],
			[`TERMINAL_ID_NB_TX_${days}DAY_WINDOW`, `merchant_count_${days}d`],
			[`TERMINAL_ID_RISK_${days}DAY_WINDOW`, `merchant_fraud_share_${days}d`],
		]),
	),
}

let ground: Ground
beforeAll(async () => {
	if (FOLDER) ground = await openGround(2)
}, 60_000)
afterAll(() => ground?.close())

test.skipIf(!FOLDER)(
	'features equal the published ones of a whole day (set FRAUD_DATA to the folder of the yardstick)',
	async () => {
		const folder = FOLDER ?? ''
		const payments = readPayments(join(folder, 'transactions.csv.xz'))
		const replay = createReplay(
			ground.db,
			payments.filter(({ t }) => t < (DAY + 1) * DAY_SECONDS),
		)
		await replay.skipTo(DAY * DAY_SECONDS)
		await ground.owner.query('vacuum analyze screened_payments, merchant_hours')
		const vectors = new Map<string, Float32Array>()
		await replay.playTo((DAY + 1) * DAY_SECONDS, ({ txId }, vector) => void vectors.set(String(txId), vector))

		const names = Object.keys(OURS)
		const places = names.map((name) => FEATURES.findIndex((feature) => feature.name === OURS[name]))
		let rows = 0
		for (const [txId = '', ...expected] of readColumns(join(folder, 'expected_features_2018-07-25.csv.xz'), [
			'tx_id',
			...names,
		])) {
			const vector = vectors.get(txId)
			const equal = expected.filter(
				(value, i) => Math.abs((vector?.[places[i] as number] ?? Number.NaN) - Number(value)) < 1e-3,
			)
			expect(equal.length, `payment ${txId}`).toBe(names.length)
			rows++
		}
		expect(rows).toBe(vectors.size)
	},
	900_000,
)
