import { useEffect, useState } from 'react'
import type { GatewayView } from '#app/contracts/routing.ts'
import { coalesce } from '../live/coalesce.ts'
import { useLiveStore } from '../live/live-provider.tsx'

const PATH = '/console/routing/gateways'
const EVERY_MS = 1_000
/** Trouble passes with time as well, and time sends no message. */
const ANYWAY_MS = 10_000

async function readGateways(): Promise<GatewayView[] | null> {
	try {
		const answer = await fetch(PATH, { headers: { accept: 'application/json' } })
		const body = answer.ok ? ((await answer.json()) as { gateways?: GatewayView[] }) : null
		return body?.gateways ?? null
	} catch {
		// Without a connection the last numbers stay; the stream catches up by itself.
		return null
	}
}

/** The gateways as they are now: looked at again when a payment moves, and every few seconds. */
export function useLiveGateways(read: GatewayView[]): GatewayView[] {
	const store = useLiveStore()
	const [gateways, setGateways] = useState(read)
	useEffect(() => setGateways(read), [read])
	useEffect(() => {
		let gone = false
		const look = () => {
			if (document.visibilityState !== 'visible') return
			void readGateways().then((now) => {
				if (now !== null && !gone) setGateways(now)
			})
		}
		const reload = coalesce(look, EVERY_MS)
		const stop = store.listen(({ kind }) => {
			if (kind === 'payment' || kind === 'resync') reload.call()
		})
		const timer = setInterval(reload.call, ANYWAY_MS)
		return () => {
			gone = true
			stop()
			reload.cancel()
			clearInterval(timer)
		}
	}, [store])
	return gateways
}
