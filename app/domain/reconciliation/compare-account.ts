import { distance, inWords, NOTHING, type Finding } from './finding.ts'

export type Sum = { readonly currency: string; readonly minor: bigint }

/** Everything about one source of the gateway's account: its lines there, and our gateway_clearing entries. */
export type AccountLines = {
	readonly sourceRef: string
	readonly types: readonly string[]
	/** Net of the gateway's lines, and their fees; empty when it has none. */
	readonly gateway: readonly (Sum & { readonly feeMinor: bigint })[]
	readonly owner: {
		readonly type: 'payment' | 'refund' | 'dispute' | 'payout'
		readonly id: string
		readonly merchantId: string
		readonly paymentId: string | null
	} | null
	readonly ledger: readonly Sum[]
	/** The fee our ledger holds of this payment. */
	readonly bookedFeeMinor: bigint
	/** Known to move later: a pending refund, a payout the bank has not shown yet. */
	readonly isUnderWay: boolean
	/** The charge or refund itself is on the list, or a person has settled it. */
	readonly isListed: boolean
}

export type AccountJudgement =
	| { readonly kind: 'agrees' }
	/** The gateway took a fee that was not known at the capture. */
	| { readonly kind: 'fee'; readonly feeMinor: bigint; readonly currency: string }
	| { readonly kind: 'differs'; readonly finding: Finding }

const AGREES: AccountJudgement = { kind: 'agrees' }

const CLASS_WORDS = { payment: 'payment', refund: 'refund', dispute: 'dispute', payout: 'payout' } as const

function differs(
	lines: AccountLines,
	difference: Pick<Finding, 'class' | 'gapMinor' | 'currency' | 'detail'>,
): AccountJudgement {
	const { owner, sourceRef } = lines
	const [theirs] = lines.gateway
	const [ours] = lines.ledger
	return {
		kind: 'differs',
		finding: {
			...difference,
			kind: 'movement',
			ref: sourceRef,
			subjectId: owner?.id ?? null,
			paymentId: owner?.paymentId ?? null,
			merchantId: owner?.merchantId ?? null,
			sourceRef,
			ours: ours ? { ...ours, status: null } : NOTHING,
			theirs: theirs
				? { minor: theirs.minor, currency: theirs.currency, status: lines.types.join(', ') }
				: NOTHING,
			attentionSubject: owner?.id ?? sourceRef,
		},
	}
}

/** Compares the gateway's account with our ledger, source by source. */
export function compareAccount(lines: AccountLines): AccountJudgement {
	const [theirs] = lines.gateway
	const [ours] = lines.ledger
	if (lines.isListed || lines.isUnderWay || (!theirs && !ours)) return AGREES
	const what = lines.owner ? `this ${CLASS_WORDS[lines.owner.type]}` : lines.sourceRef
	if (!theirs && ours) {
		if (ours.minor === 0n) return AGREES
		const detail = `Our ledger moved ${inWords(ours.minor, ours.currency)} for ${what}; the gateway's account has no line about it.`
		return differs(lines, {
			class: 'missing',
			gapMinor: distance(ours.minor, 0n),
			currency: ours.currency,
			detail,
		})
	}
	if (!theirs) return AGREES
	const there = inWords(theirs.minor, theirs.currency)
	if (!ours) {
		if (theirs.minor === 0n) return AGREES
		const detail = `The gateway's account moved by ${there} (${lines.types.join(', ')}) for ${what}; our ledger has nothing about it.`
		return differs(lines, {
			class: 'extra',
			gapMinor: distance(theirs.minor, 0n),
			currency: theirs.currency,
			detail,
		})
	}
	const here = inWords(ours.minor, ours.currency)
	if (lines.gateway.length > 1 || lines.ledger.length > 1 || theirs.currency !== ours.currency) {
		const detail = `The gateway's account moved by ${there} for ${what}; our ledger by ${here}.`
		return differs(lines, {
			class: 'currency',
			gapMinor: distance(theirs.minor, 0n),
			currency: theirs.currency,
			detail,
		})
	}
	if (theirs.minor === ours.minor) return AGREES
	const isFee = lines.owner?.type === 'payment' && lines.bookedFeeMinor === 0n && theirs.feeMinor !== 0n
	if (isFee && theirs.minor === ours.minor - theirs.feeMinor)
		return { kind: 'fee', feeMinor: theirs.feeMinor, currency: theirs.currency }
	const gapMinor = distance(theirs.minor, ours.minor)
	const detail = `The gateway's account moved by ${there} for ${what}; our ledger by ${here}.`
	return differs(lines, { class: 'amount', gapMinor, currency: theirs.currency, detail })
}
