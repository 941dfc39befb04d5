import { amount } from './amount.ts'
import { amountRatios } from './amount-ratio.ts'
import { amountZScores } from './amount-z-score.ts'
import { countryMismatch } from './country-mismatch.ts'
import type { Feature } from './feature.ts'
import { latelyCounts } from './lately.ts'
import { merchantCounts } from './merchant-count.ts'
import { merchantFraudShares } from './merchant-fraud-share.ts'
import { merchantFraudCounts } from './merchant-frauds.ts'
import { merchantLastFraud } from './merchant-last-fraud.ts'
import { merchantLastOutcome } from './merchant-last-outcome.ts'
import { newCountry } from './new-country.ts'
import { night } from './night.ts'
import { payerCounts } from './payer-count.ts'
import { payerFrauds } from './payer-frauds.ts'
import { payerMeans } from './payer-mean.ts'
import { payerSince } from './payer-since.ts'
import { weekend } from './weekend.ts'

/** The order of the numbers in a vector. A change of it, of a meaning or a sentinel is a new number of the set. */
export const FEATURES: readonly Feature[] = [
	amount,
	weekend,
	night,
	...payerCounts,
	...payerMeans,
	...amountRatios,
	...amountZScores,
	payerSince,
	payerFrauds,
	newCountry,
	countryMismatch,
	...latelyCounts,
	...merchantCounts,
	...merchantFraudShares,
	...merchantFraudCounts,
	merchantLastFraud,
	merchantLastOutcome,
]

/** Stored with every vector: a model scores only vectors of its own set. */
export const FEATURE_SET = 1
