import { forwardRef, type InputHTMLAttributes, type ReactNode } from 'react'
import { cn } from './class-names.ts'

export const CONTROL =
	'h-9 w-full min-w-0 rounded-md border border-line-strong bg-panel px-3 text-base text-ink shadow-card transition-colors placeholder:text-faint hover:border-faint focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/35 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted aria-invalid:border-bad aria-invalid:focus:outline-bad/35 pointer-coarse:h-11'

type InputProps = InputHTMLAttributes<HTMLInputElement> & {
	/** Shown inside the box on the left, such as a currency sign or an icon. */
	before?: ReactNode
	after?: ReactNode
}

export const Input = forwardRef<HTMLInputElement, InputProps>(function Input(
	{ className, before, after, ...rest },
	ref,
) {
	if (!before && !after) return <input ref={ref} className={cn(CONTROL, className)} {...rest} />
	return (
		<span className="relative flex">
			{before && (
				<span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-sm text-muted [&_svg]:size-4">
					{before}
				</span>
			)}
			<input ref={ref} className={cn(CONTROL, before && 'pl-9', after && 'pr-14', className)} {...rest} />
			{after && (
				<span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-sm text-muted">
					{after}
				</span>
			)}
		</span>
	)
})
