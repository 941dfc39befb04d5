import { useState } from 'react'
import { Button } from '../kit/button.tsx'
import { BulkRefundDialog } from './bulk-refund-dialog.tsx'
import { plural } from './format-measure.ts'

type BulkRefundBarProps = { chosen: ReadonlySet<string>; onClear: () => void }

export function BulkRefundBar({ chosen, onClear }: BulkRefundBarProps) {
	const [open, setOpen] = useState(false)
	if (chosen.size === 0 && !open) return null
	return (
		<div
			role="region"
			aria-label="Chosen payments"
			className="sticky top-15 z-20 mb-3 flex flex-wrap items-center justify-between gap-2 rounded-lg border border-accent/30 bg-accent-soft px-4 py-2 md:top-2"
		>
			{/* Lets the router learn the path before the first submit. */}
			<form hidden data-discover="true" action="/console/refunds/bulk" />
			<span className="text-sm font-medium text-accent">{chosen.size} chosen</span>
			<span className="flex gap-2">
				<Button size="sm" tone="quiet" onClick={onClear}>
					Clear
				</Button>
				<Button size="sm" tone="primary" onClick={() => setOpen(true)}>
					Refund {plural(chosen.size, 'payment')}
				</Button>
			</span>
			{open && (
				<BulkRefundDialog
					chosen={[...chosen]}
					onClose={() => setOpen(false)}
					onDone={() => {
						setOpen(false)
						onClear()
					}}
				/>
			)}
		</div>
	)
}
