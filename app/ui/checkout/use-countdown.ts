import { useEffect, useState } from 'react'

/** Whole seconds left until that moment, counted while it is ahead; 0 when it is over or there is none. */
export function useCountdown(untilMs: number | undefined): number {
	// The server cannot know the browser's clock: nothing is counted before the page is alive.
	const [now, setNow] = useState<number | null>(null)
	const left = untilMs === undefined || now === null ? 0 : Math.max(0, Math.ceil((untilMs - now) / 1000))
	const isAhead = untilMs !== undefined && (now === null || left > 0)

	useEffect(() => {
		if (!isAhead) return
		const tick = () => setNow(Date.now())
		tick()
		const timer = setInterval(tick, 1000)
		return () => clearInterval(timer)
	}, [isAhead, untilMs])

	return left
}

/** 75 → "1:15". */
export const clockText = (seconds: number): string =>
	`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
