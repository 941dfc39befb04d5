import { NavLink } from '@remix-run/react'
import { ShoppingBag } from 'lucide-react'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { cn } from '../kit/class-names.ts'
import { useHasShop } from '../kit/use-has-shop.ts'
import { DAILY, SETTINGS, type Place } from './console-places.ts'
import { useMay } from './permissions.tsx'
import { useWorld } from './world.tsx'

/** The places whose pages this person may read. */
export function useOpenPlaces(places: readonly Place[]): Place[] {
	const may = useMay()
	return places.filter(({ to }) => may(CONSOLE_PAGES[to].read))
}

/** How many things wait for a person; nothing when none does. */
export function WaitingCount({ count }: { count: number }) {
	if (count === 0) return null
	return (
		<span className="rounded-full bg-warn-soft px-1.5 text-xs font-medium text-warn tabular-nums">
			{count > 99 ? '99+' : count}
			<span className="sr-only"> waiting</span>
		</span>
	)
}

const ROW = 'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-base transition-colors'

export function SideNav({ waiting }: { waiting: number }) {
	const daily = useOpenPlaces(DAILY)
	const settings = useOpenPlaces(SETTINGS)
	const hasShop = useHasShop()
	const { livemode } = useWorld()
	return (
		<nav aria-label="Console" className="-mx-1 min-h-0 overflow-y-auto px-1">
			<PlaceList places={daily} waiting={waiting} />
			{settings.length > 0 && (
				<>
					<p id="settings" className="mt-4 mb-1 px-2.5 text-sm text-muted">
						Settings
					</p>
					<PlaceList places={settings} waiting={waiting} labelledBy="settings" />
				</>
			)}
			{hasShop && !livemode && (
				<a href="/shop" className={cn(ROW, 'mt-4 text-muted hover:bg-sunken hover:text-ink')}>
					<ShoppingBag aria-hidden="true" className="size-4" />
					Open the shop
				</a>
			)}
		</nav>
	)
}

type PlaceListProps = { places: readonly Place[]; waiting: number; labelledBy?: string }

function PlaceList({ places, waiting, labelledBy }: PlaceListProps) {
	return (
		<ul aria-labelledby={labelledBy} className="grid gap-0.5">
			{places.map(({ to, end, label, icon: Icon, ...place }) => (
				<li key={to}>
					<NavLink
						to={to}
						end={end}
						prefetch="intent"
						className={({ isActive }) =>
							cn(
								ROW,
								isActive
									? 'bg-accent-soft font-medium text-accent'
									: 'text-muted hover:bg-sunken hover:text-ink',
							)
						}
					>
						<Icon aria-hidden="true" className="size-4" />
						<span className="flex-1">{label}</span>
						{'counted' in place && <WaitingCount count={waiting} />}
					</NavLink>
				</li>
			))}
		</ul>
	)
}
