import type { ReactNode } from 'react'

type PageHeaderProps = { title: ReactNode; above?: ReactNode; below?: ReactNode; actions?: ReactNode }

export function PageHeader({ title, above, below, actions }: PageHeaderProps) {
	return (
		<div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
			<div className="min-w-0">
				{above && <div className="mb-1.5">{above}</div>}
				<h1 className="text-2xl font-semibold tracking-tight text-ink">{title}</h1>
				{below && <div className="mt-1 text-muted">{below}</div>}
			</div>
			{actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
		</div>
	)
}
