import { useEffect, useRef } from 'react'
import type { CheckoutState } from './checkout-state.ts'
import type { StatusWords } from './status-words.ts'

/**
 * Brings the keyboard to news that needs an answer, and to the form when what was typed is the matter; never on the
 * first view of the page. The words are announced either way.
 */
export function useStatusFocus(state: CheckoutState, words: StatusWords, focusForm: () => void) {
	const status = useRef<HTMLDivElement>(null)
	const isFirst = useRef(true)
	const isNews = words.tone === 'bad' || (state.phase === 'authenticating' && state.challenge.step === 'idle')
	const isAboutForm = state.problem?.field === 'form'
	const focus = useRef(focusForm)
	focus.current = focusForm

	useEffect(() => {
		if (isFirst.current) isFirst.current = false
		else if (isNews && isAboutForm) focus.current()
		else if (isNews) status.current?.focus()
	}, [isNews, isAboutForm, words.title])

	return status
}
