import { useSyncExternalStore } from 'react'
import { cn } from './class-names.ts'
import { useHydrated } from './use-hydrated.ts'

const LOCALE = 'en-US'
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'narrow' })
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for every time on the page, ticking only while something shows it. */
function subscribe(listener: () => void) {
	listeners.add(listener)
	timer ??= setInterval(() => {
		nowMs = Date.now()
		for (const wake of listeners) wake()
	}, 10_000)
	return () => {
		listeners.delete(listener)
		if (listeners.size > 0) return
		clearInterval(timer)
		timer = undefined
	}
}

export function formatRelative(at: number, now: number): string {
	const seconds = Math.round((at - now) / 1000)
	const age = Math.abs(seconds)
	if (age < 10) return 'just now'
	if (age < 60) return relative.format(Math.trunc(seconds / 10) * 10, 'second')
	if (age < 3_600) return relative.format(Math.trunc(seconds / 60), 'minute')
	if (age < 86_400) return relative.format(Math.trunc(seconds / 3_600), 'hour')
	if (age < 7 * 86_400) return relative.format(Math.trunc(seconds / 86_400), 'day')
	return formatAbsolute(at, 'UTC', false)
}

export function formatAbsolute(at: number, timeZone?: string, withSeconds = true): string {
	return new Intl.DateTimeFormat(LOCALE, {
		month: 'short',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		...(withSeconds ? { second: '2-digit' as const, timeZoneName: 'short' as const } : {}),
		hourCycle: 'h23',
		...(timeZone ? { timeZone } : {}),
	}).format(at)
}

/** Unix ms, looked at every few seconds. On the server it is the start of the process: pass what the page read too. */
export const useNow = (): number =>
	useSyncExternalStore(
		subscribe,
		() => nowMs,
		() => nowMs,
	)

type TimeProps = {
	/** Unix milliseconds. */
	at: number
	mode?: 'relative' | 'absolute'
	className?: string
}

/** Relative time with the exact one in its title. The zone is UTC until the browser has said its own. */
export function Time({ at, mode = 'relative', className }: TimeProps) {
	const hydrated = useHydrated()
	const now = useNow()
	const absolute = formatAbsolute(at, hydrated ? undefined : 'UTC')
	// The key makes a new element after hydration: React leaves suppressed text as the server wrote it.
	return (
		<time
			key={hydrated ? 'browser' : 'server'}
			dateTime={new Date(at).toISOString()}
			title={absolute}
			suppressHydrationWarning
			className={cn('whitespace-nowrap tabular-nums', className)}
		>
			{mode === 'relative' ? formatRelative(at, Math.max(now, at)) : absolute}
		</time>
	)
}
