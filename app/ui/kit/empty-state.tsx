import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

type EmptyStateProps = {
	icon: LucideIcon
	title: string
	action?: ReactNode
	className?: string
	children?: ReactNode
}

export function EmptyState({ icon: Icon, title, action, className, children }: EmptyStateProps) {
	return (
		<div className={cn('grid justify-items-center gap-1 px-6 py-12 text-center', className)}>
			<span className="mb-2 grid size-10 place-items-center rounded-full bg-sunken text-muted">
				<Icon aria-hidden="true" className="size-5" />
			</span>
			<p className="font-semibold text-ink">{title}</p>
			{children && <div className="max-w-sm text-muted">{children}</div>}
			{action && <div className="mt-3">{action}</div>}
		</div>
	)
}
