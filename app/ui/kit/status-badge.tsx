import {
	Ban,
	Check,
	Clock,
	CornerUpLeft,
	CreditCard,
	Eye,
	Hand,
	LoaderCircle,
	type LucideIcon,
	ShieldCheck,
	UserCheck,
	X,
} from 'lucide-react'
import type { Payment, Refund } from '#app/contracts/payments.ts'
import type { PaymentState } from '#app/domain/payments/payment-state.ts'
import { Badge, type Tone } from './badge.tsx'

type Word = { label: string; meaning: string; tone: Tone; icon: LucideIcon }

/** One plain word for every state, and what it means for the money. */
export const STATUS_WORDS: Record<PaymentState, Word> = {
	requires_payment_method: {
		label: 'Incomplete',
		meaning: 'No card has paid yet. No money has moved.',
		tone: 'neutral',
		icon: CreditCard,
	},
	screening: {
		label: 'Checking risk',
		meaning: 'The risk rules are looking at this payment. No money has moved.',
		tone: 'wait',
		icon: ShieldCheck,
	},
	in_review: {
		label: 'In review',
		meaning: 'Held until someone approves or rejects it.',
		tone: 'warn',
		icon: Eye,
	},
	processing: {
		label: 'Processing',
		meaning: 'The gateway is working on the charge.',
		tone: 'wait',
		icon: LoaderCircle,
	},
	requires_action: {
		label: 'Customer must confirm',
		meaning: 'The bank asks the customer to confirm. No money has moved.',
		tone: 'warn',
		icon: Hand,
	},
	requires_capture: {
		label: 'Authorized',
		meaning: 'The bank holds the money on the card. It is not collected yet.',
		tone: 'wait',
		icon: Clock,
	},
	succeeded: { label: 'Succeeded', meaning: 'The money was collected.', tone: 'good', icon: Check },
	failed: { label: 'Failed', meaning: 'The payment did not go through.', tone: 'bad', icon: X },
	canceled: { label: 'Canceled', meaning: 'Stopped before money was collected.', tone: 'neutral', icon: Ban },
}

export const REFUND_WORDS: Record<Refund['status'], Word> = {
	pending: {
		label: 'Refund pending',
		meaning: 'On its way back to the customer.',
		tone: 'wait',
		icon: Clock,
	},
	requires_action: {
		label: 'Refund needs action',
		meaning: 'The gateway needs something before it can return the money.',
		tone: 'warn',
		icon: Hand,
	},
	succeeded: {
		label: 'Refunded',
		meaning: 'The money was returned to the customer.',
		tone: 'neutral',
		icon: CornerUpLeft,
	},
	failed: {
		label: 'Refund failed',
		meaning: 'The money was not returned and is still with you.',
		tone: 'bad',
		icon: X,
	},
	canceled: {
		label: 'Refund canceled',
		meaning: 'Stopped; the money is still with you.',
		tone: 'neutral',
		icon: Ban,
	},
}

function WordBadge({ word }: { word: Word }) {
	const Icon = word.icon
	return (
		<Badge tone={word.tone} title={word.meaning}>
			<Icon aria-hidden="true" strokeWidth={2.25} />
			{word.label}
		</Badge>
	)
}

/** What a refund waits for, where that says more than its state. */
const WAITING_WORDS: Partial<Record<NonNullable<Refund['pending_reason']>, Word>> = {
	awaiting_approval: {
		label: 'Needs approval',
		meaning: 'A colleague must agree before the money goes back.',
		tone: 'warn',
		icon: UserCheck,
	},
	insufficient_funds: {
		label: 'Waits for balance',
		meaning: 'Your balance at the gateway does not cover it yet.',
		tone: 'warn',
		icon: Clock,
	},
}

export function RefundBadge({ refund }: { refund: Pick<Refund, 'status' | 'pending_reason'> }) {
	const waiting = refund.pending_reason ? WAITING_WORDS[refund.pending_reason] : undefined
	return <WordBadge word={waiting ?? REFUND_WORDS[refund.status]} />
}

/** The badge of a whole payment: its state, and for collected money how much of it went back. */
export function PaymentBadge({
	payment,
}: {
	payment: Pick<Payment, 'status' | 'amount_captured' | 'amount_refunded' | 'last_payment_error'>
}) {
	return <WordBadge word={paymentWord(payment)} />
}

export function paymentWord(
	payment: Pick<Payment, 'status' | 'amount_captured' | 'amount_refunded' | 'last_payment_error'>,
): Word {
	if (payment.status === 'succeeded' && payment.amount_refunded > 0) {
		return payment.amount_refunded >= payment.amount_captured
			? REFUND_WORDS.succeeded
			: {
					...REFUND_WORDS.succeeded,
					label: 'Partly refunded',
					meaning: 'Some of the money was returned to the customer.',
				}
	}
	if (payment.status === 'requires_payment_method' && payment.last_payment_error) {
		return {
			label: 'Declined',
			meaning: 'The last card was declined; the customer may try again. No money has moved.',
			tone: 'bad',
			icon: X,
		}
	}
	return STATUS_WORDS[payment.status]
}
