import {
	isAhead,
	isOpen,
	isVerdict,
	laterStage,
	type DisputeFunds,
	type DisputeStage,
	type DisputeStatus,
} from './dispute-state.ts'
import type { DisputeObservation } from './ports.ts'

/** What is kept of a case; read under its lock. */
export type KnownDispute = {
	stage: DisputeStage
	status: DisputeStatus
	funds: DisputeFunds
	amountMinor: bigint
	feeMinor: bigint
	dueAt: Date | null
	round: number
	submissions: number
	isChargeRefundable: boolean
}

/** What happened to a case, in the order in which it is written down. Each of the last three is one posting. */
export type DisputeStep =
	| 'opened'
	| 'escalated'
	| 'asked_again'
	| 'under_review'
	| 'won'
	| 'lost'
	| 'closed'
	| 'funds_held'
	| 'funds_returned'
	| 'loss_booked'

export type DisputeJudgement = {
	next: KnownDispute
	steps: DisputeStep[]
	/** Fees that were taken and given back with the money of these steps. */
	feeTakenMinor: bigint
	feeReturnedMinor: bigint
	/** The money comes back after its loss was booked. */
	wasLost: boolean
	/** The gateway has taken an answer to the present question. */
	isAnswered: boolean
	/** Something only a person can settle; nothing was posted for it. */
	attention: string | null
}

type Payment = { currency: string; capturedMinor: bigint }

/** Money is booked only when it fits the payment; a gateway that is wrong once is believed the next time. */
function mismatchOf(seen: DisputeObservation, payment: Payment, known: KnownDispute | null): string | null {
	const told = `${seen.amountMinor} ${seen.currency}`
	if (seen.currency !== payment.currency) {
		return `The gateway reports a dispute over ${told}, the payment is in ${payment.currency} (minor units).`
	}
	if (seen.amountMinor > payment.capturedMinor) {
		return `The gateway reports a dispute over ${told}, only ${payment.capturedMinor} was captured (minor units).`
	}
	const held = known === null || known.funds === 'none' ? seen.amountMinor : known.amountMinor
	for (const movement of [seen.withdrawn, seen.reinstated]) {
		if (movement !== null && movement.amountMinor !== held) {
			return `The gateway moved ${movement.amountMinor} ${seen.currency} for a dispute over ${held} (minor units).`
		}
	}
	return null
}

type Money = Pick<DisputeJudgement, 'feeTakenMinor' | 'feeReturnedMinor' | 'wasLost'> & {
	steps: DisputeStep[]
	funds: DisputeFunds
}

/** What the gateway's movements add to the books that they do not show yet. */
function moneyOf(status: DisputeStatus, funds: DisputeFunds, seen: DisputeObservation): Money {
	const money: Money = {
		steps: [],
		funds,
		feeTakenMinor: 0n,
		feeReturnedMinor: 0n,
		wasLost: funds === 'lost',
	}
	if (money.funds === 'none' && seen.withdrawn) {
		money.steps.push('funds_held')
		money.funds = 'held'
		money.feeTakenMinor = seen.withdrawn.feeMinor
	}
	if (seen.reinstated && (money.funds === 'held' || money.funds === 'lost')) {
		money.steps.push('funds_returned')
		money.funds = 'returned'
		money.feeReturnedMinor = seen.reinstated.feeMinor
	} else if (money.funds === 'held' && status === 'lost') {
		money.steps.push('loss_booked')
		money.funds = 'lost'
	}
	return money
}

const unmoved = (funds: DisputeFunds): Money => ({
	steps: [],
	funds,
	feeTakenMinor: 0n,
	feeReturnedMinor: 0n,
	wasLost: false,
})

function stepsOf(known: KnownDispute | null, next: KnownDispute): DisputeStep[] {
	const steps: DisputeStep[] = []
	if (known === null) steps.push('opened')
	else if (next.stage !== known.stage) steps.push('escalated')
	else if (next.round !== known.round) steps.push('asked_again')
	const moved = known === null || next.status !== known.status
	if (moved && next.status !== 'needs_response') steps.push(next.status)
	return steps
}

const fresh = (seen: DisputeObservation): KnownDispute => ({
	stage: seen.stage,
	status: seen.status,
	funds: 'none',
	amountMinor: seen.amountMinor,
	feeMinor: 0n,
	dueAt: seen.dueAt,
	round: 1,
	// An answer given before we heard of the case is one given to the present question.
	submissions: seen.status === 'needs_response' ? seen.submissions : 0,
	isChargeRefundable: seen.isChargeRefundable,
})

/** The bank asks anew: at a later stage, or once more after it had an answer. */
const asksAnew = (known: KnownDispute, seen: DisputeObservation): boolean =>
	isOpen(seen.status) &&
	(laterStage(seen.stage, known.stage) !== known.stage ||
		(known.status === 'under_review' && seen.status === 'needs_response'))

function moveOn(known: KnownDispute, seen: DisputeObservation): KnownDispute {
	const isNew = asksAnew(known, seen)
	return {
		...known,
		// A verdict says nothing of the round it came from.
		stage: laterStage(seen.stage, known.stage),
		status: seen.status,
		dueAt: seen.dueAt ?? known.dueAt,
		round: isNew ? known.round + 1 : known.round,
		submissions: isNew && seen.status === 'needs_response' ? seen.submissions : known.submissions,
	}
}

const isSamePlace = (known: KnownDispute, seen: DisputeObservation): boolean =>
	seen.status === known.status && (isVerdict(known.status) || seen.stage === known.stage)

/** Where the case stands after what was seen, before any money. */
function placeOf(known: KnownDispute | null, seen: DisputeObservation): KnownDispute {
	if (known === null) return fresh(seen)
	const isNews = isAhead(seen, known)
	const next = isNews ? moveOn(known, seen) : known
	const isChargeRefundable =
		isNews || isSamePlace(known, seen) ? seen.isChargeRefundable : known.isChargeRefundable
	return { ...next, isChargeRefundable }
}

function contradiction(known: KnownDispute | null, seen: DisputeObservation): string | null {
	if (known === null || !isVerdict(known.status) || !isVerdict(seen.status)) return null
	if (known.status === seen.status) return null
	return `The gateway now says ${seen.status}, the case ended as ${known.status}.`
}

/** What a case cost so far: never less than nothing, whatever comes back. */
const feeAfter = (feeMinor: bigint, { feeTakenMinor, feeReturnedMinor }: Money): bigint => {
	const fee = feeMinor + feeTakenMinor - feeReturnedMinor
	return fee > 0n ? fee : 0n
}

/**
 * Decides what an observation does to a case. Observations come from messages, checks and answers, in any order
 * and any number of times: a verdict never moves, and each movement of money is booked once.
 */
export function judgeDispute(
	known: KnownDispute | null,
	seen: DisputeObservation,
	payment: Payment,
): DisputeJudgement {
	const place = placeOf(known, seen)
	const wrong = mismatchOf(seen, payment, known)
	const money = wrong === null ? moneyOf(place.status, place.funds, seen) : unmoved(place.funds)
	const isAmountOpen = place.funds === 'none' && wrong === null
	const { feeTakenMinor, feeReturnedMinor, wasLost } = money
	return {
		next: {
			...place,
			amountMinor: isAmountOpen ? seen.amountMinor : place.amountMinor,
			feeMinor: feeAfter(place.feeMinor, money),
			funds: money.funds,
		},
		steps: [...stepsOf(known, place), ...money.steps],
		feeTakenMinor,
		feeReturnedMinor,
		wasLost,
		isAnswered: seen.stage === place.stage && seen.submissions > place.submissions,
		attention: wrong ?? contradiction(known, seen),
	}
}
