import { NavLink, useLocation, useNavigate } from '@remix-run/react'
import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { cn } from '../kit/class-names.ts'
import { useOpenPlaces, WaitingCount } from './console-nav.tsx'
import { FURTHER, NEAREST, SETTINGS, type Place } from './console-places.ts'

const TAB = 'relative flex h-14 flex-col items-center justify-center gap-0.5 text-xs'
const tone = (isActive: boolean) => (isActive ? 'font-medium text-accent' : 'text-muted')

/** On phones the places stand under the thumb. */
export function BottomNav({ waiting }: { waiting: number }) {
	const nearest = useOpenPlaces(NEAREST)
	return (
		<nav
			aria-label="Console"
			className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-4 border-t border-line bg-panel/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden"
		>
			{nearest.map(({ to, end, label, icon: Icon, ...place }) => (
				<NavLink key={to} to={to} end={end} className={({ isActive }) => cn(TAB, tone(isActive))}>
					<Icon aria-hidden="true" className="size-5" />
					{label}
					{'counted' in place && (
						<span className="absolute top-1 left-[calc(50%+0.5rem)]">
							<WaitingCount count={waiting} />
						</span>
					)}
				</NavLink>
			))}
			<More />
		</nav>
	)
}

function More() {
	const { pathname } = useLocation()
	const further = useOpenPlaces(FURTHER)
	const settings = useOpenPlaces(SETTINGS)
	const isHere = [...FURTHER, ...SETTINGS].some(({ to }) => pathname.startsWith(to))
	return (
		<DropdownMenu.Root modal={false}>
			<DropdownMenu.Trigger className={cn(TAB, tone(isHere))}>
				<Ellipsis aria-hidden="true" className="size-5" />
				More
			</DropdownMenu.Trigger>
			<DropdownMenu.Portal>
				<DropdownMenu.Content
					align="end"
					sideOffset={6}
					collisionPadding={12}
					className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-fade-in overflow-y-auto rounded-lg border border-line bg-panel p-1 shadow-pop"
				>
					<PlaceItems places={further} />
					{settings.length > 0 && (
						<>
							<DropdownMenu.Separator className="my-1 h-px bg-line" />
							<PlaceItems places={settings} />
						</>
					)}
				</DropdownMenu.Content>
			</DropdownMenu.Portal>
		</DropdownMenu.Root>
	)
}

function PlaceItems({ places }: { places: readonly Place[] }) {
	const navigate = useNavigate()
	return places.map(({ to, label, icon: Icon }) => (
		<DropdownMenu.Item
			key={to}
			onSelect={() => navigate(to)}
			className="flex h-11 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-base text-ink outline-none data-highlighted:bg-sunken"
		>
			<Icon aria-hidden="true" className="size-4 text-muted" />
			{label}
		</DropdownMenu.Item>
	))
}
