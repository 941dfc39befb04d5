import { Link, useNavigation } from '@remix-run/react'
import { WifiOff } from 'lucide-react'
import { type ReactNode } from 'react'
import { Banner } from '../kit/banner.tsx'
import { LiveIndicator } from '../kit/live-indicator.tsx'
import { ThemeToggle } from '../kit/theme-toggle.tsx'
import { Mark, Wordmark } from '../kit/wordmark.tsx'
import { useAttentionCount } from '../live/use-attention-count.ts'
import { useLiveStatus } from '../live/use-live-payments.ts'
import { BottomNav } from './bottom-nav.tsx'
import { SideNav } from './console-nav.tsx'
import { OtherWorldNotice } from './other-world-notice.tsx'
import { PersonMenu, type Person } from './person-menu.tsx'
import { WorldBar } from './world-bar.tsx'

type ConsoleShellProps = {
	person: Person
	density: 'comfortable' | 'compact'
	/** Items that wait for a person, as the page was read. */
	attentionCount: number
	children: ReactNode
}

export function ConsoleShell({ person, density, attentionCount, children }: ConsoleShellProps) {
	const status = useLiveStatus()
	const waiting = useAttentionCount(attentionCount)
	return (
		<div data-density={density} className="md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
			<a
				href="#content"
				className="sr-only z-50 rounded-md bg-panel px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
			>
				Skip to the content
			</a>
			<aside className="sticky top-0 hidden h-dvh flex-col gap-6 border-r border-line bg-panel p-3 md:flex">
				<Link to="/console" className="rounded-md px-2 pt-2">
					<Wordmark />
				</Link>
				<SideNav waiting={waiting} />
				<div className="mt-auto grid gap-2">
					<div className="flex items-center justify-between pl-2.5">
						<LiveIndicator status={status} />
						<ThemeToggle />
					</div>
					<PersonMenu person={person} />
				</div>
			</aside>
			<div className="min-w-0 pb-20 md:pb-0">
				<header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-panel/95 px-4 backdrop-blur md:hidden">
					<Link to="/console" aria-label="Tillhouse console" className="rounded-md">
						<Mark className="size-7" />
					</Link>
					<span className="min-w-0 flex-1 truncate font-semibold">{person.merchantName}</span>
					<LiveIndicator status={status} />
					<ThemeToggle />
					<PersonMenu person={person} compact />
				</header>
				<Progress />
				<p role="status" className="sr-only">
					{waiting === 0 ? '' : waiting === 1 ? 'One thing waits for you' : `${waiting} things wait for you`}
				</p>
				<WorldBar />
				<main id="content" tabIndex={-1} className="mx-auto max-w-6xl p-4 outline-none sm:p-6 lg:px-8">
					{status === 'offline' && (
						<Banner tone="bad" icon={WifiOff} role="alert" className="mb-4">
							You are offline. What you see may be old; it catches up by itself when the connection is back.
						</Banner>
					)}
					{children}
				</main>
			</div>
			<BottomNav waiting={waiting} />
			<OtherWorldNotice />
		</div>
	)
}

/** A thin line while another page is on its way; it takes no room, so nothing moves. */
function Progress() {
	const busy = useNavigation().state === 'loading'
	return (
		<div aria-hidden="true" className="pointer-events-none fixed inset-x-0 top-0 z-40 h-0.5 overflow-hidden">
			{busy && <div className="h-full w-full animate-shimmer bg-accent" />}
		</div>
	)
}
