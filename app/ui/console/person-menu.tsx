import { Link, useSubmit } from '@remix-run/react'
import { ArrowLeftRight, ChevronsUpDown, LogOut, UserRound } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'

/** A new page: the frame, its stream and all it remembers belong to the business that is left. */
function submitTo(action: string, fields: Readonly<Record<string, string>>) {
	const form = document.createElement('form')
	form.method = 'post'
	form.action = action
	for (const [name, value] of Object.entries(fields)) {
		form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
	}
	document.body.append(form)
	form.submit()
}

export type Person = {
	name: string
	email: string
	role: string
	/** The account of the business they act for. */
	merchantId: string
	merchantName: string
	/** Every business they belong to. */
	merchants: readonly { id: string; name: string }[]
}

const ITEM =
	'flex h-9 cursor-pointer items-center gap-2 rounded-md px-2.5 text-base text-ink outline-none data-highlighted:bg-sunken'

export function PersonMenu({ person, compact = false }: { person: Person; compact?: boolean }) {
	const submit = useSubmit()
	const others = person.merchants.filter(({ id }) => id !== person.merchantId)
	const initials = person.name
		.split(/\s+/)
		.map((word) => word.charAt(0))
		.slice(0, 2)
		.join('')
		.toUpperCase()
	return (
		<DropdownMenu.Root modal={false}>
			<DropdownMenu.Trigger className="flex min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-sunken data-[state=open]:bg-sunken">
				<span
					aria-hidden="true"
					className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
				>
					{initials}
				</span>
				{compact && <span className="sr-only">{person.name}, account menu</span>}
				{!compact && (
					<>
						<span className="grid min-w-0 flex-1 leading-tight">
							<span className="truncate text-sm font-medium text-ink">{person.name}</span>
							<span className="truncate text-xs text-muted">{person.merchantName}</span>
						</span>
						<ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
					</>
				)}
			</DropdownMenu.Trigger>
			<DropdownMenu.Portal>
				<DropdownMenu.Content
					align={compact ? 'end' : 'start'}
					sideOffset={6}
					collisionPadding={12}
					className="z-50 min-w-56 animate-fade-in rounded-lg border border-line bg-panel p-1 shadow-pop"
				>
					<div className="grid px-2.5 py-2 leading-tight">
						<span className="text-sm font-medium text-ink">{person.name}</span>
						<span className="text-sm text-muted">{person.email}</span>
						<span className="mt-1 text-xs text-muted">
							{person.merchantName} · {person.role}
						</span>
					</div>
					<DropdownMenu.Separator className="my-1 h-px bg-line" />
					<DropdownMenu.Item asChild className={ITEM}>
						<Link to="/console/profile">
							<UserRound aria-hidden="true" className="size-4 text-muted" />
							Your account
						</Link>
					</DropdownMenu.Item>
					{others.map(({ id, name }) => (
						<DropdownMenu.Item
							key={id}
							className={ITEM}
							onSelect={() => submitTo('/console/switch-merchant', { merchant: id })}
						>
							<ArrowLeftRight aria-hidden="true" className="size-4 text-muted" />
							<span className="max-w-56 truncate">Go on as {name}</span>
						</DropdownMenu.Item>
					))}
					<DropdownMenu.Item
						onSelect={() => submit(null, { method: 'post', action: '/logout' })}
						className={ITEM}
					>
						<LogOut aria-hidden="true" className="size-4 text-muted" />
						Sign out
					</DropdownMenu.Item>
				</DropdownMenu.Content>
			</DropdownMenu.Portal>
		</DropdownMenu.Root>
	)
}
