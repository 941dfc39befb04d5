import { Ban, Check, Clock, Hand, MailQuestionMark, type LucideIcon, X } from 'lucide-react'
import type { Dispute } from '#app/contracts/disputes.ts'
import type { Tone } from '../kit/badge.tsx'
import { formatMoney } from '../kit/money.tsx'

/** Stripe's reasons, as what the customer told their bank. */
const REASONS: Readonly<Record<string, string>> = {
	bank_cannot_process: 'The bank could not process it',
	check_returned: 'The check was returned',
	credit_not_processed: 'A promised refund did not arrive',
	customer_initiated: 'The customer objects to it',
	debit_not_authorized: 'The debit was not authorized',
	duplicate: 'Charged twice',
	fraudulent: 'The customer says it was not them',
	general: 'No particular reason',
	incorrect_account_details: 'Wrong account details',
	insufficient_funds: 'Not enough money in the account',
	noncompliant: 'Against the rules of the card network',
	product_not_received: 'The goods did not arrive',
	product_unacceptable: 'Broken, or not as described',
	subscription_canceled: 'The subscription had been canceled',
	unrecognized: 'The customer does not recognize it',
}

export function reasonWords(reason: string): string {
	const plain = reason.replaceAll('_', ' ')
	return REASONS[reason] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
}

export const STATUS_LABELS: Record<Dispute['status'], string> = {
	needs_response: 'Needs response',
	under_review: 'Under review',
	won: 'Won',
	lost: 'Lost',
	closed: 'Closed',
}

export type DisputeWord = { label: string; meaning: string; tone: Tone; icon: LucideIcon }

const ICONS: Record<Dispute['status'], LucideIcon> = {
	needs_response: Hand,
	under_review: Clock,
	won: Check,
	lost: X,
	closed: Ban,
}
const TONES: Record<Dispute['status'], Tone> = {
	needs_response: 'warn',
	under_review: 'wait',
	won: 'good',
	lost: 'bad',
	closed: 'neutral',
}

/** One word for where a case stands, and what it means for the money. */
export function disputeWord(dispute: Dispute): DisputeWord {
	const { status, stage, pending_operation: pending } = dispute
	const { title } = moneyStory(dispute)
	const isOpenInquiry = stage === 'inquiry' && status === 'needs_response'
	const label = pending ? 'Answer on its way' : isOpenInquiry ? 'Inquiry: answer' : STATUS_LABELS[status]
	return {
		label,
		meaning: title,
		tone: pending ? 'wait' : TONES[status],
		icon: pending ? Clock : isOpenInquiry ? MailQuestionMark : ICONS[status],
	}
}

export type MoneyStory = { tone: 'neutral' | 'good' | 'warn' | 'bad' | 'wait'; title: string; text: string }

const kept = (dispute: Dispute): string =>
	dispute.fee > 0
		? `The fee of ${formatMoney(dispute.fee, dispute.currency)} is not given back.`
		: 'The fee was given back too.'

function unanswered(dispute: Dispute, amount: string, fee: string): MoneyStory {
	if (dispute.stage === 'inquiry') {
		return {
			tone: 'warn',
			title: 'The customer’s bank is asking about this payment',
			text: `No money was taken. Answer in time, or refund the customer: without either the bank may take ${amount}.`,
		}
	}
	const taken =
		dispute.funds === 'held'
			? `The bank took ${amount} and the gateway a fee of ${fee}. The money is held until the case ends.`
			: `The bank is taking ${amount} back.`
	const again = dispute.stage === 'pre_arbitration' ? 'The bank asks once more. ' : ''
	return {
		tone: 'warn',
		title: 'Someone has to answer the bank',
		text: `${again}${taken} Submit evidence in time, or the money is lost.`,
	}
}

/** Where the money of a case is, and what a person can do about it. */
export function moneyStory(dispute: Dispute): MoneyStory {
	const amount = formatMoney(dispute.amount, dispute.currency)
	const fee = formatMoney(dispute.fee, dispute.currency)
	if (dispute.pending_operation === 'submit') {
		return {
			tone: 'wait',
			title: 'Your evidence is on its way to the bank',
			text: 'The result appears here by itself. Nothing can be added any more.',
		}
	}
	if (dispute.pending_operation === 'accept') {
		return {
			tone: 'wait',
			title: 'The case is being given up',
			text: `The customer keeps ${amount}. The result appears here by itself.`,
		}
	}
	switch (dispute.status) {
		case 'needs_response':
			return unanswered(dispute, amount, fee)
		case 'under_review':
			return {
				tone: 'wait',
				title: 'The bank is deciding',
				text:
					dispute.funds === 'held'
						? `${amount} and the fee of ${fee} stay held until then. Banks take up to a few months; there is nothing for you to do.`
						: 'No money was taken. There is nothing for you to do.',
			}
		case 'won':
			return {
				tone: 'good',
				title: 'The bank decided for you',
				text:
					dispute.funds === 'held'
						? `${amount} is on its way back. Until it is here it stays held.`
						: `${amount} is yours again. ${kept(dispute)}`,
			}
		case 'lost':
			return {
				tone: 'bad',
				title: 'The bank decided for the customer',
				text: `${amount} went back to them${dispute.fee > 0 ? `, and the fee of ${fee} is gone too` : ''}. This cannot be changed here.`,
			}
		case 'closed':
			return {
				tone: 'neutral',
				title: 'Closed without a verdict',
				text:
					dispute.funds === 'held'
						? `${amount} is still held; it comes back when the bank returns it.`
						: 'No money was taken. There is nothing to do.',
			}
	}
}
