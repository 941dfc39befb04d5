import { Info } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'

/** A small "i" that explains. It opens on a click, so mouse, thumb and keyboard all reach it. */
export function Explain({ about, children }: { about: string; children: ReactNode }) {
	return (
		<Popover.Root>
			<Popover.Trigger
				aria-label={`What is ${about}?`}
				className="-m-1 grid size-6 place-items-center rounded-full text-faint hover:text-ink data-[state=open]:text-ink"
			>
				<Info aria-hidden="true" className="size-3.5" />
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Content
					side="top"
					sideOffset={6}
					collisionPadding={12}
					className="z-50 max-w-64 animate-fade-in rounded-md border border-line bg-panel px-3 py-2 text-sm text-muted shadow-pop outline-none"
				>
					{children}
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	)
}
