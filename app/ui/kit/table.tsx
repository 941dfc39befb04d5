import type { HTMLAttributes, TdHTMLAttributes, ThHTMLAttributes } from 'react'
import { cn } from './class-names.ts'

/** Scrolls sideways inside itself, so the page never does. */
export function Table({ className, ...rest }: HTMLAttributes<HTMLTableElement>) {
	return (
		<div className="relative overflow-x-auto">
			<table className={cn('w-full border-collapse text-left text-base', className)} {...rest} />
		</div>
	)
}

export function Th({ className, ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
	return (
		<th
			scope="col"
			className={cn(
				'h-9 border-b border-line px-3 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
				className,
			)}
			{...rest}
		/>
	)
}

export function Tr({ className, ...rest }: HTMLAttributes<HTMLTableRowElement>) {
	return <tr className={cn('border-b border-line last:border-b-0', className)} {...rest} />
}

export function Td({ className, ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
	return <td className={cn('h-11 px-3 py-1.5 first:pl-4 last:pr-4', className)} {...rest} />
}
