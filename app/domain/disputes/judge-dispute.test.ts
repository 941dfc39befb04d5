import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { disputeLostJournal, disputeOpenJournal, disputeWonJournal, type Journal } from '../ledger/journal.ts'
import { judgeDispute, type DisputeStep, type KnownDispute } from './judge-dispute.ts'
import type { DisputeObservation } from './ports.ts'

const PAYMENT = { currency: 'eur', capturedMinor: 2_000n }
const D1 = new Date('2026-12-01T00:00:00Z')
const D2 = new Date('2026-12-20T00:00:00Z')
const TAKEN = { amountMinor: 2_000n, feeMinor: 1_500n }

const seen = (changes: Partial<DisputeObservation>): DisputeObservation => ({
	ref: 'du_1',
	paymentRef: 'pi_1',
	attemptId: null,
	stage: 'dispute',
	status: 'needs_response',
	amountMinor: 2_000n,
	currency: 'eur',
	withdrawn: null,
	reinstated: null,
	reason: 'fraudulent',
	networkReasonCode: '10.4',
	isChargeRefundable: false,
	dueAt: D1,
	submissions: 0,
	openedAt: new Date('2026-11-20T00:00:00Z'),
	...changes,
})

function journalOf(step: DisputeStep, judged: ReturnType<typeof judgeDispute>): Journal | null {
	const subject = {
		merchantId: 'mer_1',
		gateway: 'stripe',
		sourceId: 'dp_1',
		currency: 'eur',
		amountMinor: judged.next.amountMinor,
	}
	if (step === 'funds_held') return disputeOpenJournal(subject, judged.feeTakenMinor)
	if (step === 'funds_returned') return disputeWonJournal(subject, judged.feeReturnedMinor, judged.wasLost)
	return step === 'loss_booked' ? disputeLostJournal(subject) : null
}

/** What is left of a case after these observations, with the balances of its postings. */
function live(observations: readonly DisputeObservation[]) {
	let known: KnownDispute | null = null
	let statuses: string[] = []
	const kinds: string[] = []
	const balances: Record<string, bigint> = {}
	for (const observation of observations) {
		const judged = judgeDispute(known, observation, PAYMENT)
		for (const step of judged.steps) {
			const journal = journalOf(step, judged)
			if (!journal) continue
			kinds.push(journal.kind)
			for (const { account, amountMinor } of journal.lines)
				balances[account] = (balances[account] ?? 0n) + amountMinor
		}
		known = judged.next
		statuses = [...statuses, known.status]
	}
	const left = Object.fromEntries(Object.entries(balances).filter(([, balance]) => balance !== 0n))
	if (!known) throw new Error('nothing was seen')
	return { known: known as KnownDispute, kinds, left, statuses }
}

const INQUIRY = { stage: 'inquiry', isChargeRefundable: true } as const
const CREATED = seen({})
const WITHDRAWN = seen({ withdrawn: TAKEN })
const REVIEWED = seen({ withdrawn: TAKEN, status: 'under_review', submissions: 1 })
const WON = seen({ withdrawn: TAKEN, reinstated: TAKEN, status: 'won', submissions: 1 })
const WON_EARLY = seen({ withdrawn: TAKEN, status: 'won', submissions: 1 })
const WON_FEE_KEPT = seen({ ...WON, reinstated: { amountMinor: 2_000n, feeMinor: 0n } })
const LOST = seen({ withdrawn: TAKEN, status: 'lost', submissions: 1 })
const ASKED = seen(INQUIRY)
const ANSWERED = seen({ ...INQUIRY, status: 'under_review', submissions: 1 })
const CLOSED = seen({ ...INQUIRY, status: 'closed', submissions: 1 })
const ESCALATED = seen({ withdrawn: TAKEN, dueAt: D2, submissions: 1 })
const ESCALATED_REVIEWED = seen({ ...ESCALATED, status: 'under_review', submissions: 2 })

const GONE = { gateway_clearing: -3_500n, fees: 1_500n, merchant_balance: 2_000n }
const LIVES: [string, DisputeObservation[], Partial<KnownDispute>, Record<string, bigint>][] = [
	[
		'won',
		[CREATED, WITHDRAWN, REVIEWED, WON_EARLY, WON],
		{ status: 'won', funds: 'returned', feeMinor: 0n },
		{},
	],
	[
		'won, and the fee is kept',
		[CREATED, WITHDRAWN, REVIEWED, WON_EARLY, WON_FEE_KEPT],
		{ status: 'won', funds: 'returned', feeMinor: 1_500n },
		{ gateway_clearing: -1_500n, fees: 1_500n },
	],
	['lost', [CREATED, WITHDRAWN, REVIEWED, LOST], { status: 'lost', funds: 'lost', feeMinor: 1_500n }, GONE],
	['given up', [CREATED, WITHDRAWN, { ...LOST, submissions: 0 }], { status: 'lost', funds: 'lost' }, GONE],
	[
		'an inquiry that closes',
		[ASKED, ANSWERED, CLOSED],
		{ stage: 'inquiry', status: 'closed', funds: 'none' },
		{},
	],
	[
		'an inquiry that becomes a dispute',
		[ASKED, ANSWERED, CLOSED, ESCALATED, ESCALATED_REVIEWED],
		{ stage: 'dispute', status: 'under_review', funds: 'held', dueAt: D2 },
		{
			disputed_funds: 2_000n,
			fees: 1_500n,
			gateway_clearing: -3_500n,
			merchant_balance: 2_000n,
			dispute_reserve: -2_000n,
		},
	],
	[
		'an inquiry that becomes a dispute and is lost',
		[ASKED, ANSWERED, ESCALATED, ESCALATED_REVIEWED, LOST],
		{ stage: 'dispute', status: 'lost', funds: 'lost' },
		GONE,
	],
]

test.each(LIVES)(
	'a case that is %s ends the same in any order, however often it is told',
	(_n, told, end, left) => {
		const inAnyOrder = fc.array(fc.constantFrom(...told), { maxLength: 5 }).chain((more) => {
			const all = [...told, ...more]
			return fc.shuffledSubarray(all, { minLength: all.length })
		})
		fc.assert(
			fc.property(inAnyOrder, (observations) => {
				const lived = live(observations)
				expect(lived.known).toMatchObject(end)
				expect(lived.left).toEqual(left)
				expect(new Set(lived.kinds).size, 'one posting per fact').toBe(lived.kinds.length)
			}),
			{ numRuns: 300 },
		)
	},
)

test('a verdict never moves, and a contradiction goes before a person', () => {
	for (const [first, second] of [
		[WON, LOST],
		[LOST, WON_EARLY],
		[WON, CREATED],
		[LOST, seen({ stage: 'pre_arbitration', status: 'needs_response', withdrawn: TAKEN, dueAt: D2 })],
	] as const) {
		const { known } = live([first])
		const judged = judgeDispute(known, second, PAYMENT)
		expect(judged.next).toEqual(known)
		expect(judged.steps).toEqual([])
		const contradicts = second.status === 'won' || second.status === 'lost'
		expect(judged.attention !== null).toBe(contradicts)
	}
})

test('money that comes back after the loss was booked is booked, and a person is told', () => {
	const { known } = live([WITHDRAWN, LOST])
	const judged = judgeDispute(known, WON, PAYMENT)
	expect(judged).toMatchObject({ steps: ['funds_returned'], next: { status: 'lost', funds: 'returned' } })
	expect(judged.attention).toMatch(/now says won/)
	expect(live([WITHDRAWN, LOST, WON]).left).toEqual({})
})

describe('money that does not fit the payment', () => {
	test.each<[string, Partial<DisputeObservation>]>([
		['another currency', { currency: 'usd' }],
		['more than was captured', { amountMinor: 2_001n, withdrawn: { amountMinor: 2_001n, feeMinor: 0n } }],
		['a withdrawal of another size', { withdrawn: { amountMinor: 1_999n, feeMinor: 0n } }],
	])('%s: nothing is posted, a person looks, and a better answer is believed', (_name, changes) => {
		const judged = judgeDispute(null, seen({ withdrawn: TAKEN, ...changes }), PAYMENT)
		expect(judged).toMatchObject({ steps: ['opened'], next: { funds: 'none' } })
		expect(judged.attention).toMatch(/minor units/)
		const later = judgeDispute(judged.next, seen({ ...WITHDRAWN, dueAt: D2 }), PAYMENT)
		expect(later).toMatchObject({ steps: ['funds_held'], attention: null, next: { amountMinor: 2_000n } })
	})

	test('a return of another size than was taken is not booked', () => {
		const { known } = live([WITHDRAWN, REVIEWED])
		const judged = judgeDispute(
			known,
			seen({ ...WON, reinstated: { amountMinor: 5n, feeMinor: 0n } }),
			PAYMENT,
		)
		expect(judged).toMatchObject({ steps: ['won'], next: { funds: 'held' } })
		expect(judged.attention).toMatch(/moved 5/)
	})
})

test('a bank that asks again starts a new round, whose answer is counted anew', () => {
	const { known } = live([ASKED, ANSWERED])
	expect(known).toMatchObject({ round: 1, submissions: 0 })
	const escalated = judgeDispute(known, ESCALATED, PAYMENT)
	expect(escalated).toMatchObject({
		steps: ['escalated', 'funds_held'],
		next: { round: 2, submissions: 1 },
		isAnswered: false,
	})
	expect(judgeDispute(escalated.next, ESCALATED_REVIEWED, PAYMENT)).toMatchObject({
		isAnswered: true,
		next: { round: 2, status: 'under_review' },
	})
	const again = judgeDispute(
		live([WITHDRAWN, REVIEWED]).known,
		{ ...WITHDRAWN, dueAt: D2, submissions: 1 },
		PAYMENT,
	)
	expect(again).toMatchObject({
		steps: ['asked_again'],
		next: { round: 2, status: 'needs_response', dueAt: D2 },
	})
})

test('an appeal keeps what is held', () => {
	const appeal = seen({ stage: 'pre_arbitration', withdrawn: TAKEN, dueAt: D2, submissions: 1 })
	const { known, kinds } = live([WITHDRAWN, REVIEWED, appeal, LOST])
	expect(known).toMatchObject({ stage: 'pre_arbitration', status: 'lost', funds: 'lost', round: 2 })
	expect(kinds).toEqual(['dispute_open', 'dispute_lost'])
})
