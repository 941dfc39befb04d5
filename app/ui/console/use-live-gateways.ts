import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { GatewayView } from '#app/contracts/routing.ts'
import { coalesce } from '../live/coalesce.ts'
import { useLiveStore } from '../live/live-provider.tsx'

const EVERY_MS = 1_000
/** Trouble passes with time as well, and time sends no message. */
const ANYWAY_MS = 10_000

/** The gateways as they are now: looked at again when a payment moves, and every few seconds. */
export function useLiveGateways(read: GatewayView[]): GatewayView[] {
	const store = useLiveStore()
	const { load, data, state } = useFetcher<GatewayView[]>({ key: 'gateways' })
	const look = useRef(() => undefined as void)
	look.current = () => {
		if (state === 'idle' && document.visibilityState === 'visible') load('/console/routing/gateways')
	}
	useEffect(() => {
		const reload = coalesce(() => look.current(), EVERY_MS)
		const stop = store.listen((change) => {
			if (change.kind === 'resync' || change.kind === 'payment') reload.call()
		})
		const timer = setInterval(() => look.current(), ANYWAY_MS)
		return () => {
			stop()
			reload.cancel()
			clearInterval(timer)
		}
	}, [store])
	return data ?? read
}
