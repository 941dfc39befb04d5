import type { HTMLAttributes, ReactNode } from 'react'
import { cn } from './class-names.ts'

export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
	return <div className={cn('rounded-lg border border-line bg-panel shadow-card', className)} {...rest} />
}

type PanelProps = {
	title: ReactNode
	note?: ReactNode
	action?: ReactNode
	className?: string
	/** Without padding, for tables that reach the border. */
	flush?: boolean
	children: ReactNode
}

/** A card with a heading: one subject of a page. */
export function Panel({ title, note, action, className, flush = false, children }: PanelProps) {
	return (
		<section className={cn('min-w-0 rounded-lg border border-line bg-panel shadow-card', className)}>
			<header className="flex min-h-12 items-center justify-between gap-3 border-b border-line px-4 py-2">
				<div className="min-w-0">
					<h2 className="text-base font-semibold text-ink">{title}</h2>
					{note && <p className="text-sm text-muted">{note}</p>}
				</div>
				{action}
			</header>
			<div className={flush ? '' : 'p-4'}>{children}</div>
		</section>
	)
}
