import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/** Reads the page's data again every so often while somebody may be looking: for figures that no event announces. */
export function useSteadyRevalidation(everyMs: number): void {
	const { revalidate, state } = useRevalidator()
	const latest = useRef({ revalidate, state })
	latest.current = { revalidate, state }
	useEffect(() => {
		const timer = setInterval(() => {
			const { revalidate, state } = latest.current
			if (!document.hidden && state === 'idle') revalidate()
		}, everyMs)
		return () => clearInterval(timer)
	}, [everyMs])
}
