import { cn } from './class-names.ts'

/** A grey place of the size the content will have. */
export function Skeleton({ className }: { className?: string }) {
	return <span aria-hidden="true" className={cn('block animate-shimmer rounded-md bg-sunken', className)} />
}
