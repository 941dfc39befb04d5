import { ChevronDown } from 'lucide-react'
import { forwardRef, type SelectHTMLAttributes } from 'react'
import { cn } from './class-names.ts'
import { CONTROL } from './input.tsx'

/** The browser's own select: it works with every keyboard, screen reader and phone, and without script. */
export const Select = forwardRef<HTMLSelectElement, SelectHTMLAttributes<HTMLSelectElement>>(function Select(
	{ className, children, ...rest },
	ref,
) {
	return (
		<span className={cn('relative inline-flex w-full', className)}>
			<select ref={ref} className={cn(CONTROL, 'appearance-none pr-9')} {...rest}>
				{children}
			</select>
			<ChevronDown
				aria-hidden="true"
				className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-4 text-muted"
			/>
		</span>
	)
})
