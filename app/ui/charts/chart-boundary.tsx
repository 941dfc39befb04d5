import { Component, type ReactNode } from 'react'

/** A chart whose code could not be fetched takes nothing else of the page with it. */
export class ChartBoundary extends Component<{ children: ReactNode }, { isMissing: boolean }> {
	override state = { isMissing: false }

	static getDerivedStateFromError(): { isMissing: boolean } {
		return { isMissing: true }
	}

	override render(): ReactNode {
		if (!this.state.isMissing) return this.props.children
		return (
			<p className="grid h-full place-items-center text-center text-muted">
				The chart could not be fetched. The figures are complete; reload the page to see it drawn.
			</p>
		)
	}
}
