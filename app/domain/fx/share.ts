import type { Rate } from './rate.ts'
import { roundHalfEven, roundHalfUp } from './rounding.ts'

/** What a quoted payment was charged and credited with, in minor units of the two currencies. */
export type Conversion = { presentmentMinor: bigint; settlementMinor: bigint }

/** The part of what was credited that belongs to `presentmentMinor` of what was charged; all of it to all of it. */
export const shareOf = (whole: Conversion, presentmentMinor: bigint): bigint =>
	roundHalfUp(whole.settlementMinor * presentmentMinor, whole.presentmentMinor)

/**
 * What taking back `presentmentMinor` takes of what was credited, after `taken` of both was taken already. It is the
 * share of the running total less what was taken, so that parts in any order, and after any of them was undone, add up
 * exactly to the whole once all is taken. A dispute on top of a refund can take back more than was charged: what goes
 * beyond is shared by itself.
 */
export function shareToTakeBack(whole: Conversion, taken: Conversion, presentmentMinor: bigint): bigint {
	const after = taken.presentmentMinor + presentmentMinor
	if (after > whole.presentmentMinor) return shareOf(whole, presentmentMinor)
	const left = whole.settlementMinor - taken.settlementMinor
	const due = shareOf(whole, after) - taken.settlementMinor
	return due < 0n ? 0n : due > left ? left : due
}

/**
 * What it costs beyond `shareMinor` to buy the same foreign amount back today; negative when it costs less. Rates are
 * foreign units for one unit of settlement, without spread: the spread goes back with the refund.
 */
export function resultOfRateChange(shareMinor: bigint, then: Rate, today: Rate): bigint {
	if (then === today) return 0n
	return roundHalfEven(shareMinor * then, today) - shareMinor
}

export const NOTHING_TAKEN: Conversion = { presentmentMinor: 0n, settlementMinor: 0n }
