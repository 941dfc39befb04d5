import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useRevalidator } from '@remix-run/react'
import type { Payment } from '#app/contracts/payments.ts'
import { coalesce } from './coalesce.ts'
import { useLiveStore } from './live-provider.tsx'
import type { LiveChange, LiveSnapshot } from './live-store.ts'
import { mergeLatest, updateInPlace } from './merge-payments.ts'

export function useLiveSnapshot(): LiveSnapshot {
	const store = useLiveStore()
	return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot)
}

export const useLiveStatus = () => useLiveSnapshot().status

/** The latest payments: what the page read, with everything that came live since on top. */
export function useLatestPayments(
	read: Payment[],
	limit: number,
	accepts?: (payment: Payment) => boolean,
): Payment[] {
	const { payments } = useLiveSnapshot()
	return useMemo(() => mergeLatest(read, payments, limit, accepts), [read, payments, limit, accepts])
}

/** The same rows in the same order, each in its latest version. */
export function useUpdatedPayments(read: Payment[]): Payment[] {
	const { payments } = useLiveSnapshot()
	return useMemo(() => updateInPlace(read, payments), [read, payments])
}

const EVERY_MS = 500

/** Reads the page's data again when something it shows has changed: at once, then at most every 500 ms. */
export function useLiveRevalidation(concerns: (change: LiveChange) => boolean = () => true) {
	const store = useLiveStore()
	const { revalidate, state } = useRevalidator()
	const latest = useRef({ revalidate, concerns, busy: false, again: false })
	latest.current.revalidate = revalidate
	latest.current.concerns = concerns
	latest.current.busy = state === 'loading'

	const reload = useMemo(
		() =>
			coalesce(() => {
				// A second reload would cancel the one under way; under steady traffic none would ever arrive.
				if (latest.current.busy) latest.current.again = true
				else latest.current.revalidate()
			}, EVERY_MS),
		[],
	)
	useEffect(() => {
		if (state !== 'idle' || !latest.current.again) return
		latest.current.again = false
		reload.call()
	}, [state, reload])
	useEffect(() => {
		const stop = store.listen((change) => {
			if (change.kind === 'resync' || latest.current.concerns(change)) reload.call()
		})
		return () => {
			stop()
			reload.cancel()
		}
	}, [store, reload])
}
