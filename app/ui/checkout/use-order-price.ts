import { useCallback, useEffect, useRef, useState } from 'react'
import type { CheckoutView, OfferedMethod } from '../../contracts/checkout.ts'
import type { FxQuote } from '../../contracts/fx.ts'
import { askForQuote, type Quoted } from './checkout-requests.ts'
import type { Problem } from './checkout-state.ts'
import { useCountdown } from './use-countdown.ts'

export type OrderPrice = {
	amount: number
	currency: string
	/** The price in another currency, while one is chosen. */
	quote: FxQuote | null
	/** How this price can be paid. */
	methods: readonly OfferedMethod[]
	secondsLeft: number
	/** A price is being asked for: nothing may be paid meanwhile. */
	isAsking: boolean
	/** What the shopper must be told about the price: that it was renewed, or that none could be had. */
	notice: string | null
	choose: (currency: string) => void
}

type Input = {
	view: CheckoutView
	/** Prices are only renewed while they can still be agreed to. */
	isOpen: boolean
	problem: Problem | null
}

/** The price the shopper pays, in the currency they choose. An expired price is renewed before anything is charged. */
export function useOrderPrice({ view, isOpen, problem }: Input): OrderPrice {
	const { id: sessionId, amount, currency } = view.session
	const [quoted, setQuoted] = useState<Quoted | null>(null)
	const [isAsking, setIsAsking] = useState(false)
	const [notice, setNotice] = useState<string | null>(null)
	const asked = useRef(0)
	const quote = quoted?.quote ?? null
	const expiresAt = quote ? quote.expires_at * 1000 : undefined
	const secondsLeft = useCountdown(expiresAt)

	const ask = useCallback(
		async (wanted: string, renewed: string | null) => {
			const turn = ++asked.current
			setIsAsking(true)
			const answer = await askForQuote(sessionId, wanted)
			if (turn !== asked.current) return
			setIsAsking(false)
			if ('quote' in answer) {
				setQuoted(answer)
				setNotice(renewed)
			} else {
				setQuoted(null)
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
		setQuoted(null)
	}

	const isOver = expiresAt !== undefined && secondsLeft === 0 && expiresAt <= Date.now()
	const refused = problem?.code === 'quote_expired'
	const wanted = quote?.presentment.currency
	useEffect(() => {
		if (isOpen && wanted && (isOver || refused)) void ask(wanted, RENEWED)
	}, [isOpen, wanted, isOver, refused, ask])

	return {
		...(quote?.presentment ?? { amount, currency }),
		quote,
		methods: quoted?.methods ?? view.methods,
		secondsLeft,
		isAsking,
		notice,
		choose,
	}
}

const RENEWED = 'The price had expired. This is the new one; nothing was charged.'
