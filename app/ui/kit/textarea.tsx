import { forwardRef, type TextareaHTMLAttributes } from 'react'
import { cn } from './class-names.ts'
import { CONTROL } from './input.tsx'

/** Several lines of text; it looks like an input and can be pulled taller. */
export const Textarea = forwardRef<HTMLTextAreaElement, TextareaHTMLAttributes<HTMLTextAreaElement>>(
	function Textarea({ className, rows = 3, ...rest }, ref) {
		return (
			<textarea
				ref={ref}
				rows={rows}
				className={cn(CONTROL, 'h-auto min-h-9 resize-y py-1.5 pointer-coarse:h-auto', className)}
				{...rest}
			/>
		)
	},
)
