import { useCallback, useEffect, useRef, useState } from 'react'
import type { CheckoutQuote, CheckoutView } from '../../contracts/checkout.ts'
import { askForQuote } from './checkout-requests.ts'
import type { Problem } from './checkout-state.ts'
import { useCountdown } from './use-countdown.ts'

export type OrderPrice = {
	amount: number
	currency: string
	/** The price in another currency, while one is chosen. */
	quote: CheckoutQuote | null
	secondsLeft: number
	/** A price is being asked for: nothing may be paid meanwhile. */
	isAsking: boolean
	/** What the shopper must be told about the price: that it was renewed, or that none could be had. */
	notice: string | null
	choose: (currency: string) => void
}

type Input = {
	session: CheckoutView['session']
	/** Prices are only renewed while they can still be agreed to. */
	isOpen: boolean
	problem: Problem | null
}

/** The price the shopper pays, in the currency they choose. An expired price is renewed before anything is charged. */
export function useOrderPrice({ session, isOpen, problem }: Input): OrderPrice {
	const { id: sessionId, amount, currency } = session
	const [quote, setQuote] = useState<CheckoutQuote | null>(null)
	const [isAsking, setIsAsking] = useState(false)
	const [notice, setNotice] = useState<string | null>(null)
	const asked = useRef(0)
	const secondsLeft = useCountdown(quote?.expiresAt)

	const ask = useCallback(
		async (wanted: string, renewed: string | null) => {
			const turn = ++asked.current
			setIsAsking(true)
			const answer = await askForQuote(sessionId, wanted)
			if (turn !== asked.current) return
			setIsAsking(false)
			if ('quote' in answer) {
				setQuote(answer.quote)
				setNotice(renewed)
			} else {
				setQuote(null)
				setNotice(`${answer.refused} You pay in ${currency.toUpperCase()}.`)
			}
		},
		[sessionId, currency],
	)

	const choose = (wanted: string) => {
		setNotice(null)
		if (wanted !== currency) return void ask(wanted, null)
		asked.current++
		setIsAsking(false)
		setQuote(null)
	}

	const isOver = quote !== null && secondsLeft === 0 && quote.expiresAt <= Date.now()
	const refused = problem?.code === 'quote_expired'
	const wanted = quote?.currency
	useEffect(() => {
		if (isOpen && wanted && (isOver || refused)) void ask(wanted, RENEWED)
	}, [isOpen, wanted, isOver, refused, ask])

	const shown = quote ?? { amount, currency }
	return { amount: shown.amount, currency: shown.currency, quote, secondsLeft, isAsking, notice, choose }
}

const RENEWED = 'The price had expired. This is the new one; nothing was charged.'
