import { Suspense, type ReactNode } from 'react'
import { ChartBoundary } from './chart-boundary.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { useHydrated } from '../kit/use-hydrated.ts'

/** Charts are drawn in the browser only; until then a place of the same size keeps the page still. */
export function ChartFrame({ summary, children }: { summary: string; children: ReactNode }) {
	const hydrated = useHydrated()
	const waiting = <Skeleton className="h-full w-full" />
	return (
		<figure role="img" aria-label={summary} className="h-56 w-full">
			{hydrated ? (
				<ChartBoundary>
					<Suspense fallback={waiting}>{children}</Suspense>
				</ChartBoundary>
			) : (
				waiting
			)}
		</figure>
	)
}
