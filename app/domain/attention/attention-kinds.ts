export const ATTENTION_KINDS = [
	'gateway_mismatch',
	'late_money',
	'outcome_unknown',
	'refund_unknown',
	'job_failed',
	'operation_refused',
	'dispute_due',
	'dispute_refused',
	'integrity_broken',
	'audit_broken',
	'rates_stale',
] as const
export type AttentionKind = (typeof ATTENTION_KINDS)[number]

/** How a person ended an item; `by_hand` fits every kind. */
export const SETTLEMENTS = ['by_hand', 'refunded_at_gateway', 'undone_at_gateway', 'never_charged'] as const
export type Settlement = (typeof SETTLEMENTS)[number]

export type SettleChoice = {
	outcome: Settlement
	label: string
	/** What it does to the money, said before it is done. */
	explains: string
	/** What the note should say. */
	asks: string
	/** Ends the payment as failed: the person has looked, and no money is held. */
	endsPayment?: true
}

export type KindWords = {
	title: string
	/** What it means for the money. */
	meaning: string
	/** `money`: an amount may be wrong now. `deadline`: it gets worse with time. `work`: something waits. */
	severity: 'money' | 'deadline' | 'work'
	/** The machine tries once more; null when trying again cannot settle it. */
	retry: { label: string; explains: string; done: string } | null
	/** First the one that usually fits. */
	settle: readonly SettleChoice[]
}

const BY_HAND: SettleChoice = {
	outcome: 'by_hand',
	label: 'Settled by hand',
	explains: 'This only closes the item. It moves no money and asks the gateway nothing.',
	asks: 'What did you find, and what did you do?',
}

const ASK_AGAIN = {
	label: 'Ask the gateway again',
	explains: 'The gateway is asked what became of it. Nothing is charged or refunded a second time.',
	done: 'The gateway is being asked again. If it cannot say, the item comes back.',
}

/** The whole list of things that may wait for a person: what each means, and what settles it. */
export const ATTENTION: Readonly<Record<AttentionKind, KindWords>> = {
	gateway_mismatch: {
		title: 'The gateway says something else',
		meaning:
			'The gateway reports another amount, currency or state than ours. Nothing was booked until a person has looked.',
		severity: 'money',
		retry: ASK_AGAIN,
		settle: [
			{
				outcome: 'undone_at_gateway',
				label: 'Undone at the gateway',
				explains:
					'Say this after refunding or canceling it at the gateway. A payment that is still open ends as failed; nothing is booked.',
				asks: 'The id of the refund or cancellation at the gateway',
				endsPayment: true,
			},
			BY_HAND,
		],
	},
	late_money: {
		title: 'Money arrived for a payment that had ended',
		meaning:
			'The gateway holds money that our books do not count: the shopper has paid and got nothing for it. Refund it at the gateway.',
		severity: 'money',
		retry: null,
		settle: [
			{
				outcome: 'refunded_at_gateway',
				label: 'I refunded it at the gateway',
				explains:
					'Say this after refunding the charge at the gateway. Our books stay as they are: they never held this money.',
				asks: 'The refund’s id at the gateway',
			},
			BY_HAND,
		],
	},
	outcome_unknown: {
		title: 'Nobody knows whether this was charged',
		meaning:
			'The gateway was asked for a day and never said. The shopper may have paid. Do not take the money another way before it is known.',
		severity: 'money',
		retry: ASK_AGAIN,
		settle: [
			{
				outcome: 'never_charged',
				label: 'It was never charged',
				explains:
					'Say this after looking it up at the gateway. The payment ends as failed. If money shows up later, a new item opens.',
				asks: 'Where did you look, and what did you see?',
				endsPayment: true,
			},
			BY_HAND,
		],
	},
	refund_unknown: {
		title: 'Nobody knows whether this was refunded',
		meaning:
			'The gateway never said what became of this refund. The amount stays set aside. Look it up before refunding again.',
		severity: 'money',
		retry: ASK_AGAIN,
		settle: [BY_HAND],
	},
	job_failed: {
		title: 'A step failed every time it was tried',
		meaning: 'What should have happened has not. Nothing was lost: the step can be tried again from here.',
		severity: 'work',
		retry: {
			label: 'Try again',
			explains: 'The step goes back into the queue. It repeats nothing that has already happened.',
			done: 'The step is back in the queue. If it fails again, the item comes back.',
		},
		settle: [BY_HAND],
	},
	operation_refused: {
		title: 'The gateway refused a capture or cancellation',
		meaning: 'The payment is as it was: money that was held is still held, and nothing was taken.',
		severity: 'money',
		retry: {
			label: 'Ask for it again',
			explains: 'The same is asked of the gateway once more. An amount is taken once at most.',
			done: 'It was asked for again. If the gateway refuses again, the item comes back.',
		},
		settle: [BY_HAND],
	},
	dispute_due: {
		title: 'A dispute needs its evidence',
		meaning: 'Without evidence by its due date the dispute is lost, and the money with it.',
		severity: 'deadline',
		retry: null,
		settle: [BY_HAND],
	},
	dispute_refused: {
		title: 'The gateway did not take the answer to a dispute',
		meaning:
			'Nothing was submitted. Open the dispute, mend what was refused and send it before the due date.',
		severity: 'deadline',
		retry: null,
		settle: [BY_HAND],
	},
	integrity_broken: {
		title: 'The books break one of their promises',
		meaning:
			'A check of all books found rows that must not exist. Do not pay money out before it is explained.',
		severity: 'money',
		retry: {
			label: 'Check again',
			explains: 'All books are read once more. Nothing is changed.',
			done: 'The books are being checked. If it still does not hold, the item comes back.',
		},
		settle: [BY_HAND],
	},
	audit_broken: {
		title: 'The audit record was tampered with',
		meaning:
			'A line of the record of who changed what is not as it was written. No money moves by it, but do not rely on the record before it is explained.',
		severity: 'money',
		retry: {
			label: 'Check again',
			explains: 'The whole record is read once more. Nothing is changed.',
			done: 'The record is being checked. If it still does not hold, the item comes back.',
		},
		settle: [BY_HAND],
	},
	rates_stale: {
		title: 'Exchange rates are out of date',
		meaning:
			'Orders are still paid in their own currency. In other currencies shoppers pay by the old rates for up to 10 days, then they cannot choose them any more.',
		severity: 'work',
		retry: {
			label: 'Read the rates now',
			explains: 'The European Central Bank’s file is read once more. No money moves.',
			done: 'The rates are being read. If that fails again, the item comes back.',
		},
		settle: [BY_HAND],
	},
}

export const settleChoice = (kind: AttentionKind, outcome: string): SettleChoice | undefined =>
	ATTENTION[kind].settle.find((choice) => choice.outcome === outcome)
