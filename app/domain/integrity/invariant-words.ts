export const INVARIANT_GROUPS = [
	'The ledger',
	'Payments and refunds',
	'The gateway',
	'Nothing stuck, nothing skipped',
	'The record',
	'Walls between businesses',
] as const
export type InvariantGroup = (typeof INVARIANT_GROUPS)[number]

type Words = { group: InvariantGroup; says: string }

const LEDGER = 'The ledger'
const MONEY = 'Payments and refunds'
const GATEWAY = 'The gateway'
const MOVING = 'Nothing stuck, nothing skipped'
const RECORD = 'The record'
const WALLS = 'Walls between businesses'

/** What each statement of db/invariants.sql promises, for people. */
export const INVARIANT_WORDS: Readonly<Record<string, Words>> = {
	I01: { group: LEDGER, says: 'Every booking adds up to zero, in every currency.' },
	I02: { group: LEDGER, says: 'The books of each business add up to zero, in every currency.' },
	I03: { group: LEDGER, says: 'Each account’s balance is the sum of its entries.' },
	I04: { group: LEDGER, says: 'Each entry has the currency and the owner of its account.' },
	I05: { group: LEDGER, says: 'No account was ever below the least it may hold.' },
	I06: { group: LEDGER, says: 'No entry of an account is missing and none counts twice.' },
	I07: { group: LEDGER, says: 'Every booking has two sides, and no line of zero.' },
	I08: { group: LEDGER, says: 'Each capture, refund and fee is booked once.' },
	I09: { group: MONEY, says: 'What a payment says was collected is what the ledger booked.' },
	I10: { group: MONEY, says: 'No payment gives back more than was collected.' },
	I11: { group: MONEY, says: 'Only paid payments hold money, and refunded totals match their refunds.' },
	I12: { group: MONEY, says: 'No payment was charged twice.' },
	I13: { group: GATEWAY, says: 'Each charge or refund at the gateway belongs to one of ours only.' },
	I14: { group: GATEWAY, says: 'Everything the gateway charged or refunded stands in our books.' },
	I15: { group: GATEWAY, says: 'Everything we call collected, the gateway has collected.' },
	I16: { group: MOVING, says: 'Every open payment, refund and dispute has a next step in time.' },
	I17: { group: MOVING, says: 'Payments moved only along allowed steps, and final ones stayed final.' },
	I18: { group: MOVING, says: 'Each payment’s history leads without a gap to where it stands.' },
	I19: { group: MOVING, says: 'Each gateway message was kept once, checked, and is worked off.' },
	I20: { group: MOVING, says: 'No waiting job is overdue.' },
	I21: { group: MOVING, says: 'Every result of a payment, refund or dispute was announced.' },
	I22: { group: MOVING, says: 'Every request that was repeated can be answered the same again.' },
	I23: { group: RECORD, says: 'No line of the audit record was changed, moved or taken out.' },
	I24: { group: RECORD, says: 'Nothing was cut off the end of the audit record.' },
	I25: { group: RECORD, says: 'Every movement of money is in the audit record.' },
	I26: { group: WALLS, says: 'Every table with a business’s data shows only that business’s rows.' },
	I27: { group: WALLS, says: 'The app itself cannot rewrite the books or look around the walls.' },
	I28: { group: WALLS, says: 'No refund, dispute or charge belongs to another business than its payment.' },
	I29: { group: RECORD, says: 'Amounts are kept as whole smallest units, never as fractions.' },
	I30: { group: RECORD, says: 'There is no card number in the audit record.' },
	I31: { group: MONEY, says: 'Every exchange is booked at its quoted rate, and undone exactly.' },
}
