import type { MethodType } from '../../domain/methods/method-terms.ts'
import { methodOf, type CheckoutState } from './checkout-state.ts'
import { adviceFor } from './decline-advice.ts'
import { methodWords, type MethodWords } from './method-words.ts'

export type StatusWords = {
	tone: 'neutral' | 'good' | 'warn' | 'bad' | 'wait'
	title: string
	detail: string
	isBusy: boolean
}

const say = (tone: StatusWords['tone'], title: string, detail: string, isBusy = false): StatusWords => ({
	tone,
	title,
	detail,
	isBusy,
})

const NO_MONEY = 'No money was taken.'

/**
 * What the shopper reads about the money, in every state. `price` is the exact amount as text, `chosen` the method they
 * would pay with now.
 */
export function statusWords(state: CheckoutState, price: string, chosen: MethodType = 'card'): StatusWords {
	switch (state.phase) {
		case 'editing':
			return editing(state, price, methodWords(chosen))
		case 'tokenizing':
			return say('wait', methodWords(chosen).checking, 'Please keep this page open.', true)
		case 'confirming':
			return state.unanswered
				? say(
						'warn',
						'Reconnecting…',
						'The shop has not answered yet. We ask again about the same payment, so you cannot be charged twice.',
						true,
					)
				: say('wait', 'Sending the payment', 'Please keep this page open.', true)
		case 'following':
			return following(state, methodWords(methodOf(state.payment)))
		case 'authenticating':
			return authenticating(state, methodWords(methodOf(state.payment)))
		case 'awaiting':
			return awaiting(state, price)
		case 'paid':
			return say(
				'good',
				`${price} paid`,
				state.link === 'offline'
					? 'Your receipt opens once the connection is back.'
					: 'Opening your receipt…',
			)
		case 'held':
			return say(
				'wait',
				'Your payment is held while the shop checks the order',
				'You have not been charged yet. Your bank may show the amount as reserved. This page changes by itself once the shop has decided.',
			)
		case 'over':
			return over(state)
		case 'expired':
			return say('neutral', 'This checkout has expired', `${NO_MONEY} Start again from the shop.`)
		case 'closed':
			return say(
				'neutral',
				'This shop takes no payments at present',
				`${NO_MONEY} Ask the shop about your order.`,
			)
	}
}

function editing({ problem, payment, link }: CheckoutState, price: string, words: MethodWords): StatusWords {
	if (problem) return say('bad', problem.message, NO_MONEY)
	const error = payment?.last_payment_error
	if (error?.code === 'canceled_by_payer')
		return refusal(error.message, 'Choose how to pay when you are ready.', 'neutral')
	if (error) return refusal(error.message, adviceFor(error))
	if (link === 'offline')
		return say('warn', 'You are offline', `${NO_MONEY} You can pay once the connection is back.`)
	return say('neutral', `You pay ${price} once`, words.before)
}

function following(
	{ startedHere, saidYes, payment, link }: CheckoutState,
	{ contacting, saidYes: yes }: MethodWords,
): StatusWords {
	const isCharging = payment?.status === 'processing'
	const stage = isCharging ? contacting : 'Checking the payment'
	const title = !startedHere ? 'This order is being paid in another tab' : isCharging && saidYes ? yes : stage
	const here =
		isCharging && saidYes
			? 'We are taking the payment. This takes a few seconds.'
			: 'This takes a few seconds.'
	const detail = startedHere ? here : `${stage}. You do not need to pay again.`
	if (link === 'offline' || link === 'reconnecting')
		return say('warn', title, 'Reconnecting… The payment goes on without this page.', true)
	return say('wait', title, detail, true)
}

function authenticating({ challenge, problem, startedHere }: CheckoutState, words: MethodWords): StatusWords {
	const { asks } = words
	if (challenge.step === 'opening') return say('wait', asks, words.opening, true)
	if (challenge.step === 'leaving') return say('wait', asks, words.opening, true)
	if (challenge.step === 'shown') return say('wait', asks, 'Answer the question to finish the payment.')
	if (challenge.step === 'checking') return say('wait', words.howItWent, 'One moment…', true)
	if (challenge.step === 'abandoning') return say('wait', 'Calling it off', 'One moment…', true)
	if (problem) return say('warn', asks, problem.message)
	return startedHere
		? say('warn', asks, 'You have not been charged. Continue to finish the payment.')
		: say(
				'warn',
				asks,
				'You have not been charged. If the question is not open in another tab, continue here.',
			)
}

/** Bank debits: nothing more can be done here, and nothing is certain yet. */
function awaiting({ payment }: CheckoutState, price: string): StatusWords {
	const to = payment?.receipt_email
	const promise = to ? `The receipt goes to ${to}.` : 'Keep the address of this page.'
	return say(
		'wait',
		`Your bank is paying ${price}`,
		`This takes 3–5 working days. ${promise} This page changes by itself when your bank has answered.`,
	)
}

function over({ payment }: CheckoutState): StatusWords {
	if (payment?.status === 'canceled')
		return say('neutral', 'This payment was canceled', `${NO_MONEY} You can order again from the shop.`)
	const why = payment?.last_payment_error?.message ?? 'The payment was refused.'
	return refusal(why, 'This order is closed; you can order again from the shop.')
}

/** The reason is the title. What the message says about the money is not said twice, and never left out. */
function refusal(message: string, next: string, tone: 'bad' | 'neutral' = 'bad'): StatusWords {
	const [title = message, ...rest] = message.trim().split(/(?<=[.!?])\s+/)
	const more = rest.join(' ')
	const saysMoney = /no money|(not|nothing)\b.{0,12}\bcharged/i
	if (saysMoney.test(title)) return say(tone, title, more || next)
	// What the message adds is the money; what to do about it is ours to say.
	if (saysMoney.test(more)) return say(tone, title, isOnlyMoney(more) ? `${more} ${next}` : more)
	return say(tone, title, `${NO_MONEY} ${more || next}`)
}

const isOnlyMoney = (text: string) => text.split(/(?<=[.!?])\s+/).length === 1
