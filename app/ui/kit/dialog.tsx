import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

type DialogProps = {
	open: boolean
	onOpenChange: (open: boolean) => void
	title: string
	/** One or two sentences that say what will happen to the money. */
	description?: ReactNode
	/** While a request is under way the dialog stays, so its answer is not lost. */
	locked?: boolean
	className?: string
	children: ReactNode
}

/** A sheet from below on phones, a centred box on larger screens. */
export function Dialog({
	open,
	onOpenChange,
	title,
	description,
	locked = false,
	className,
	children,
}: DialogProps) {
	return (
		<Radix.Root open={open} onOpenChange={(next) => (locked ? undefined : onOpenChange(next))}>
			<Radix.Portal>
				<Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-black/45" />
				<Radix.Content
					{...(description ? {} : { 'aria-describedby': undefined })}
					className={cn(
						'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] animate-pop-in overflow-y-auto rounded-t-xl border border-line bg-panel p-5 shadow-pop outline-none sm:inset-0 sm:m-auto sm:h-fit sm:w-full sm:max-w-md sm:rounded-xl',
						className,
					)}
				>
					<div className="mb-4 flex items-start justify-between gap-4">
						<div className="grid gap-1">
							<Radix.Title className="text-lg font-semibold text-ink">{title}</Radix.Title>
							{description && (
								<Radix.Description className="text-base text-pretty text-muted">
									{description}
								</Radix.Description>
							)}
						</div>
						<Radix.Close
							aria-label="Close"
							className="-mt-1 -mr-1 grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink pointer-coarse:size-10"
						>
							<X aria-hidden="true" className="size-4" />
						</Radix.Close>
					</div>
					{children}
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	)
}

/** Buttons at the end of a dialog: the one that acts comes last on wide screens and first under a thumb. */
export function DialogActions({ children }: { children: ReactNode }) {
	return <div className="mt-5 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>
}
