import { NavLink } from '@remix-run/react'
import { CreditCard, LayoutDashboard, ShoppingBag } from 'lucide-react'
import { cn } from '../kit/class-names.ts'

const PLACES = [
	{ to: '/console', end: true, label: 'Overview', icon: LayoutDashboard },
	{ to: '/console/payments', end: false, label: 'Payments', icon: CreditCard },
]

export function SideNav() {
	return (
		<nav aria-label="Console" className="grid gap-0.5">
			{PLACES.map(({ to, end, label, icon: Icon }) => (
				<NavLink
					key={to}
					to={to}
					end={end}
					prefetch="intent"
					className={({ isActive }) =>
						cn(
							'flex h-9 items-center gap-2.5 rounded-md px-2.5 text-base transition-colors',
							isActive
								? 'bg-accent-soft font-medium text-accent'
								: 'text-muted hover:bg-sunken hover:text-ink',
						)
					}
				>
					<Icon aria-hidden="true" className="size-4" />
					{label}
				</NavLink>
			))}
			<a
				href="/shop"
				className="mt-4 flex h-9 items-center gap-2.5 rounded-md px-2.5 text-base text-muted transition-colors hover:bg-sunken hover:text-ink"
			>
				<ShoppingBag aria-hidden="true" className="size-4" />
				Open the shop
			</a>
		</nav>
	)
}

/** On phones the places stand under the thumb. */
export function BottomNav() {
	return (
		<nav
			aria-label="Console"
			className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-2 border-t border-line bg-panel/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden"
		>
			{PLACES.map(({ to, end, label, icon: Icon }) => (
				<NavLink
					key={to}
					to={to}
					end={end}
					className={({ isActive }) =>
						cn(
							'flex h-14 flex-col items-center justify-center gap-0.5 text-xs',
							isActive ? 'font-medium text-accent' : 'text-muted',
						)
					}
				>
					<Icon aria-hidden="true" className="size-5" />
					{label}
				</NavLink>
			))}
		</nav>
	)
}
