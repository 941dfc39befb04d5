import type { PaymentDetail } from '#app/contracts/console.ts'
import { formatMoney } from '../kit/money.tsx'
import { moneyStory } from './dispute-words.ts'

export type NextStep = { tone: 'neutral' | 'good' | 'warn' | 'bad' | 'wait'; title: string; text: string }

/** Where the money is now, and what a person can or need not do about it. */
export function nextStep({ payment, refunds, attempts, disputes }: PaymentDetail): NextStep {
	const amount = formatMoney(payment.amount, payment.currency)
	const error = payment.last_payment_error?.message
	const unknown = attempts.some(({ status }) => status === 'unknown')
	switch (payment.status) {
		case 'requires_payment_method':
			return error
				? {
						tone: 'neutral',
						title: 'The last card was declined',
						text: `${error} No money has moved. The customer can try another card; there is nothing for you to do.`,
					}
				: {
						tone: 'neutral',
						title: 'Waiting for a card',
						text: 'No money has moved. The customer has not paid yet; there is nothing for you to do.',
					}
		case 'screening':
			return {
				tone: 'wait',
				title: 'The risk rules are looking at it',
				text: 'No money has moved. The result appears here by itself.',
			}
		case 'in_review':
			return {
				tone: 'warn',
				title: 'Someone has to decide',
				text: `The rules found reasons to look twice. ${amount} is not collected. Read the reasons, then approve or reject; without a decision it ends by itself and nothing is collected.`,
			}
		case 'processing':
			return unknown
				? {
						tone: 'warn',
						title: 'The gateway has not answered',
						text: 'It is not known yet whether the card was charged. Tillhouse keeps asking and never charges twice; wait, and do not take the money another way.',
					}
				: {
						tone: 'wait',
						title: 'The gateway is working on it',
						text: 'The result appears here by itself, usually within seconds.',
					}
		case 'requires_action':
			return {
				tone: 'warn',
				title: 'The customer has to confirm',
				text: 'Their bank asks for proof that it is them. No money has moved; without an answer it goes back to waiting for a card.',
			}
		case 'requires_capture':
			return {
				tone: 'wait',
				title: 'The money is held, not collected',
				text: `The bank holds ${amount} on the card. Capture to collect it, or cancel to let it go. Banks release holds that are not captured in time.`,
			}
		case 'succeeded':
			return succeeded({ payment, refunds, disputes })
		case 'failed':
			return {
				tone: 'bad',
				title: 'The payment did not go through',
				text: `${error ?? 'It was refused.'} No money was collected, and this payment cannot be tried again.`,
			}
		case 'canceled':
			return {
				tone: 'neutral',
				title: 'Canceled before money was collected',
				text: 'A hold on the card, if there was one, is released. There is nothing to do.',
			}
	}
}

type Collected = Pick<PaymentDetail, 'payment' | 'refunds' | 'disputes'>

function succeeded({ payment, refunds, disputes }: Collected): NextStep {
	const money = (amount: number) => formatMoney(amount, payment.currency)
	// A case the merchant can still do something about, or has lost, says more of the money than the payment does.
	const telling = disputes.findLast(({ status }) => status !== 'won' && status !== 'closed')
	if (telling) return moneyStory(telling)
	if (refunds.some(({ pending_reason }) => pending_reason === 'awaiting_approval')) {
		return {
			tone: 'warn',
			title: 'A refund waits for approval',
			text: 'It is above your limit, so somebody other than the person who asked must approve or reject it. The amount is set aside; after 7 days without a decision it is free again.',
		}
	}
	const underway = refunds.some(({ status }) => status === 'pending' || status === 'requires_action')
	if (underway) {
		return {
			tone: 'wait',
			title: 'A refund is on its way',
			text: 'The result appears here by itself. Until then the amount is set aside and cannot be refunded again.',
		}
	}
	if (payment.amount_captured > 0 && payment.amount_refunded >= payment.amount_captured) {
		return {
			tone: 'neutral',
			title: 'Everything was returned to the customer',
			text: `${money(payment.amount_refunded)} went back to the card. There is nothing left to refund.`,
		}
	}
	const returned =
		payment.amount_refunded > 0 ? ` ${money(payment.amount_refunded)} of it went back to the card.` : ''
	return {
		tone: 'good',
		title: 'The money was collected',
		text: `${money(payment.amount_captured)} was taken from the card.${returned} You can refund up to ${money(payment.amount_refundable)}.`,
	}
}
