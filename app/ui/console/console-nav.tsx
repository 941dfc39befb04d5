import { NavLink } from '@remix-run/react'
import { ShoppingBag } from 'lucide-react'
import { cn } from '../kit/class-names.ts'
import { PLACES } from './console-places.ts'

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
	return (
		<nav aria-label="Console" className="grid gap-0.5">
			{PLACES.map(({ to, end, label, icon: Icon, ...place }) => (
				<NavLink
					key={to}
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
			))}
			<a href="/shop" className={cn(ROW, 'mt-4 text-muted hover:bg-sunken hover:text-ink')}>
				<ShoppingBag aria-hidden="true" className="size-4" />
				Open the shop
			</a>
		</nav>
	)
}
