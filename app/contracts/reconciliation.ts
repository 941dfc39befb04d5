import { z } from 'zod'
import { DIFFERENCE_CLASSES, DIFFERENCE_KINDS } from '../domain/reconciliation/finding.ts'
import type { PAYOUT_STATES } from '../domain/reconciliation/ports.ts'

/** One comparison with the gateway's books. Times are Unix seconds. */
export const ReconciliationRun = z.object({
	id: z.string(),
	object: z.literal('reconciliation_run'),
	/** Name of the gateway whose books were read. */
	provider: z.string(),
	/** `stopped`: the last try failed; the run goes on by itself. */
	status: z.enum(['queued', 'running', 'stopped', 'finished']),
	requested_by: z.string(),
	window: z.object({ from: z.number().int(), until: z.number().int() }),
	/** Charges, refunds and account lines looked at. */
	compared: z.number().int(),
	/** Put right without a person. */
	healed: z.number().int(),
	/** New on the list of differences. */
	found: z.number().int(),
	started: z.number().int(),
	finished: z.number().int().nullable(),
	error: z.string().nullable(),
})
export type ReconciliationRun = z.infer<typeof ReconciliationRun>

const Side = z.object({
	amount: z.number().int().nullable(),
	currency: z.string().nullable(),
	status: z.string().nullable(),
})

/** A place where our books and the gateway's differ. */
export const Difference = z.object({
	id: z.string(),
	object: z.literal('reconciliation_difference'),
	class: z.enum(DIFFERENCE_CLASSES),
	kind: z.enum(DIFFERENCE_KINDS),
	gateway: z.string(),
	gateway_ref: z.string().nullable(),
	/** Our payment, refund, dispute or payout; null when nothing here is about it. */
	subject: z.string().nullable(),
	payment: z.string().nullable(),
	ours: Side.nullable(),
	theirs: Side.nullable(),
	/** What does not match, in minor units of `currency`, never negative. */
	gap: z.number().int().nonnegative(),
	currency: z.string(),
	/** How far it moves the gateway's account and our ledger apart: theirs minus ours. */
	effect: z.number().int(),
	detail: z.string(),
	opened: z.number().int(),
	closed: z.number().int().nullable(),
	outcome: z.enum(['healed', 'resolved', 'gone']).nullable(),
	closed_by: z.string().nullable(),
	note: z.string().nullable(),
})
export type Difference = z.infer<typeof Difference>

/** The gateway's account against our ledger, in one currency, in minor units. */
export const ReconciliationTotal = z.object({
	/** Name of the gateway. */
	provider: z.string(),
	currency: z.string(),
	/** What nobody can explain: open differences, and whatever the comparison itself missed. 0 when all is well. */
	unexplained: z.number().int().nonnegative(),
	/** Null for a merchant that shares the gateway account of another. */
	account: z
		.object({
			gateway: z.number().int(),
			ledger: z.number().int(),
			in_flight: z.number().int(),
			on_the_way: z.number().int(),
		})
		.nullable(),
})
export type ReconciliationTotal = z.infer<typeof ReconciliationTotal>

/** Answer of GET /api/v1/reconciliation. */
export const Reconciliation = z.object({
	object: z.literal('reconciliation'),
	last_run: ReconciliationRun.nullable(),
	/** The last finished run of each gateway, newest first. */
	last_runs: z.array(ReconciliationRun),
	/** The run that is queued or under way. */
	current_run: ReconciliationRun.nullable(),
	next_run: z.number().int(),
	open_differences: z.number().int(),
	totals: z.array(ReconciliationTotal),
})
export type Reconciliation = z.infer<typeof Reconciliation>

/** A day, or a moment in ISO 8601. */
const Moment = z
	.union([z.iso.date(), z.iso.datetime({ offset: true })], {
		error: 'is not a day or a moment in ISO 8601, such as 2026-11-21 or 2026-11-21T09:30:00Z',
	})
	.transform((text) => new Date(text))

/** Body of POST /api/v1/reconciliation: both can only widen what is read. */
export const StartReconciliation = z
	.strictObject({
		from: Moment.optional(),
		until: Moment.optional(),
		gateway: z.string().max(40).default('stripe'),
	})
	.refine((body) => !body.from || !body.until || body.from < body.until, {
		message: 'is not before until',
		path: ['from'],
	})

export type PayoutView = {
	id: string
	ref: string
	amount: number
	currency: string
	status: (typeof PAYOUT_STATES)[number]
	/** ISO dates. */
	arrivesOn: string
	bookedOn: string | null
	fileName: string | null
}

export type BankLineView = {
	id: string
	bookedOn: string
	amount: number
	currency: string
	text: string
	fileName: string
	line: number
}

/** The page /console/reconciliation. */
/** A run with the gateway as people call it. */
export type RunView = ReconciliationRun & { gatewayTitle: string }

export type ReconciliationView = {
	summary: Reconciliation
	runs: RunView[]
	differences: { rows: Difference[]; hasMore: boolean; filters: DifferenceFilters }
	healed: number
	payouts: PayoutView[]
	lines: { rows: BankLineView[]; total: number }
}

/** As in the URL; differences that are open when no state is named. */
export type DifferenceFilters = {
	state: 'open' | 'closed'
	class?: Difference['class']
	starting_after?: string
	ending_before?: string
}
