import { useCallback, useEffect, useRef, useState, type Dispatch } from 'react'
import { recallTab, rememberTab, tabStorage } from './checkout-attempt.ts'
import { confirmCheckout } from './checkout-requests.ts'
import type { CheckoutAction, CheckoutState } from './checkout-state.ts'

const SEND_AGAIN_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

/**
 * Sends a try until an answer comes, always under its one key: after silence, after a reload, after the
 * connection was lost. The try is written down before it is sent.
 */
export function useAttemptDelivery(
	sessionId: string,
	state: CheckoutState,
	dispatch: Dispatch<CheckoutAction>,
): { sendNow: () => void } {
	const { attempt, startedHere } = state
	const isOver = state.phase === 'paid' || state.phase === 'awaiting'
	const [hasRecalled, setHasRecalled] = useState(false)
	const wake = useRef<() => void>(() => undefined)

	useEffect(() => {
		dispatch({ type: 'recalled', memory: recallTab(tabStorage(), sessionId) })
		setHasRecalled(true)
	}, [sessionId, dispatch])

	useEffect(() => {
		if (!hasRecalled) return
		const memory = isOver ? { attempt: null, startedHere: false } : { attempt, startedHere }
		rememberTab(tabStorage(), sessionId, memory)
	}, [hasRecalled, sessionId, attempt, startedHere, isOver])

	useEffect(() => {
		if (!attempt) return
		const left = new AbortController()
		const deliver = async () => {
			for (let sendings = 0; !left.signal.aborted; sendings++) {
				const answer = await confirmCheckout(sessionId, attempt, left.signal)
				if (left.signal.aborted) return
				dispatch(answer)
				if (answer.type !== 'unanswered') return
				await new Promise<void>((resolve) => {
					wake.current = resolve
					setTimeout(resolve, SEND_AGAIN_AFTER_MS[Math.min(sendings, SEND_AGAIN_AFTER_MS.length - 1)])
				})
			}
		}
		const sendNow = () => wake.current()
		void deliver()
		window.addEventListener('online', sendNow)
		return () => {
			left.abort()
			wake.current()
			window.removeEventListener('online', sendNow)
		}
	}, [sessionId, attempt, dispatch])

	return { sendNow: useCallback(() => wake.current(), []) }
}
