import { adviceFor } from './decline-advice.ts'
import type { CheckoutState } from './checkout-state.ts'

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
const BANK_ASKS = 'Your bank wants to confirm it’s you'

/** What the shopper reads about the money, in every state. `price` is the exact amount as text. */
export function statusWords(state: CheckoutState, price: string): StatusWords {
	switch (state.phase) {
		case 'editing':
			return editing(state, price)
		case 'tokenizing':
			return say('wait', 'Checking the card details', 'Please keep this page open.', true)
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
			return following(state)
		case 'authenticating':
			return authenticating(state)
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
	}
}

function editing({ problem, payment, link }: CheckoutState, price: string): StatusWords {
	if (problem) return say('bad', problem.message, NO_MONEY)
	const error = payment?.last_payment_error
	if (error) return refusal(error.message, adviceFor(error))
	if (link === 'offline')
		return say('warn', 'You are offline', `${NO_MONEY} You can pay once the connection is back.`)
	return say('neutral', `You pay ${price} once`, 'Your card is charged only after you press the button.')
}

function following({ startedHere, payment, link }: CheckoutState): StatusWords {
	const stage = payment?.status === 'processing' ? 'Contacting your bank' : 'Checking the payment'
	const title = startedHere ? stage : 'This order is being paid in another tab'
	const here = startedHere ? 'This takes a few seconds.' : `${stage}. You do not need to pay again.`
	if (link === 'offline' || link === 'reconnecting')
		return say('warn', title, 'Reconnecting… The payment goes on without this page.', true)
	return say('wait', title, here, true)
}

function authenticating({ challenge, problem, startedHere }: CheckoutState): StatusWords {
	if (challenge.step === 'opening') return say('wait', BANK_ASKS, 'Opening your bank’s page…', true)
	if (challenge.step === 'shown') return say('wait', BANK_ASKS, 'Answer the question to finish the payment.')
	if (challenge.step === 'checking') return say('wait', 'Asking your bank how it went', 'One moment…', true)
	if (problem) return say('warn', BANK_ASKS, problem.message)
	return startedHere
		? say('warn', BANK_ASKS, 'You have not been charged. Continue to finish the payment.')
		: say(
				'warn',
				BANK_ASKS,
				'You have not been charged. If the question is not open in another tab, continue here.',
			)
}

function over({ payment }: CheckoutState): StatusWords {
	if (payment?.status === 'canceled')
		return say('neutral', 'This payment was canceled', `${NO_MONEY} You can order again from the shop.`)
	const why = payment?.last_payment_error?.message ?? 'The payment was refused.'
	return refusal(why, 'This order is closed; you can order again from the shop.')
}

/** The reason is the title. What the message says about the money is not said twice, and never left out. */
function refusal(message: string, next: string): StatusWords {
	const [title = message, ...rest] = message.trim().split(/(?<=[.!?])\s+/)
	const more = rest.join(' ')
	if (/no money|(not|nothing)\b.{0,12}\bcharged/i.test(message)) return say('bad', title, more || next)
	return say('bad', title, `${NO_MONEY} ${more || next}`)
}
