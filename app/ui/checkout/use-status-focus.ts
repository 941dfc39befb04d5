import { useEffect, useRef, type RefObject } from 'react'
import type { CardFormHandle } from './card-form/card-form-handle.ts'
import type { CheckoutState } from './checkout-state.ts'
import type { StatusWords } from './status-words.ts'

/**
 * Brings the keyboard to news that needs an answer, and to the card when the card is the matter; never on the
 * first view of the page. The words are announced either way.
 */
export function useStatusFocus(
	state: CheckoutState,
	words: StatusWords,
	cardForm: RefObject<CardFormHandle>,
) {
	const status = useRef<HTMLDivElement>(null)
	const isFirst = useRef(true)
	const isNews = words.tone === 'bad' || (state.phase === 'authenticating' && state.challenge.step === 'idle')

	const isAboutCard = state.problem?.field === 'card'

	useEffect(() => {
		if (isFirst.current) isFirst.current = false
		else if (isNews && isAboutCard) cardForm.current?.focus()
		else if (isNews) status.current?.focus()
	}, [isNews, isAboutCard, words.title, cardForm])

	return status
}
