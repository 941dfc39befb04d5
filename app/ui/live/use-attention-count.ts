import { useEffect, useState } from 'react'
import { coalesce } from './coalesce.ts'
import { useLiveStore } from './live-provider.tsx'

const PATH = '/console/attention/count'
const EVERY_MS = 1_000

async function readCount(): Promise<number | null> {
	try {
		const answer = await fetch(PATH, { headers: { accept: 'application/json' } })
		const body: unknown = answer.ok ? await answer.json() : null
		return typeof body === 'object' && body !== null && 'count' in body && typeof body.count === 'number'
			? body.count
			: null
	} catch {
		// Without a connection the last number stays; the stream catches up by itself.
		return null
	}
}

/** How many items wait for a person, from what the page was read with and every change since. */
export function useAttentionCount(read: number): number {
	const store = useLiveStore()
	const [count, setCount] = useState(read)
	useEffect(() => setCount(read), [read])
	useEffect(() => {
		let gone = false
		const reload = coalesce(() => {
			void readCount().then((now) => {
				if (now !== null && !gone) setCount(now)
			})
		}, EVERY_MS)
		const stop = store.listen(({ kind }) => {
			if (kind === 'attention' || kind === 'resync') reload.call()
		})
		return () => {
			gone = true
			stop()
			reload.cancel()
		}
	}, [store])
	return count
}
