import { cn } from './class-names.ts'

/** A till drawer under its house roof. */
export function Mark({ className }: { className?: string }) {
	return (
		<svg aria-hidden="true" viewBox="0 0 32 32" className={cn('size-6', className)}>
			<rect width="32" height="32" rx="8" className="fill-accent" />
			<path
				d="M7.5 15 16 8l8.5 7"
				fill="none"
				strokeWidth="2.6"
				strokeLinecap="round"
				strokeLinejoin="round"
				className="stroke-on-accent"
			/>
			<rect x="8.5" y="18" width="15" height="6" rx="1.6" className="fill-on-accent" />
			<rect x="13.75" y="20.25" width="4.5" height="1.5" rx="0.75" className="fill-accent" />
		</svg>
	)
}

export function Wordmark({ className }: { className?: string }) {
	return (
		<span
			className={cn(
				'inline-flex items-center gap-2 text-lg font-semibold tracking-tight text-ink',
				className,
			)}
		>
			<Mark />
			Tillhouse
		</span>
	)
}
