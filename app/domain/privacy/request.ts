export const PRIVACY_REQUEST_KINDS = ['export', 'erasure'] as const
export type PrivacyRequestKind = (typeof PRIVACY_REQUEST_KINDS)[number]

export const HOLD_KINDS = ['payment_open', 'refund_open', 'dispute_open'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

/** Something open that a payer's data are still needed for. */
export type Hold = {
	kind: HoldKind
	/** The payment, refund or dispute. */
	subject: string
	/** When it ends by itself at the latest, as far as anybody can say. */
	until: string | null
}

const WORDS: Record<HoldKind, string> = {
	payment_open: 'is still under way',
	refund_open: 'has not reached the payer yet',
	dispute_open: 'is not decided by the bank yet',
}

/** In one sentence each: what keeps the data, and how long. */
export const holdWords = ({ kind, subject, until }: Hold): string => {
	const ends = until === null ? 'until that is over' : `until ${until.slice(0, 10)} at the latest`
	return `${subject} ${WORDS[kind]}: the data are needed ${ends}.`
}

/** How much of each kind is held about a payer. */
export type Holdings = {
	payments: number
	addresses: number
	connections: number
	evidence: number
	refunds: number
	disputes: number
	events: number
	views: number
}
