import { CircleAlert, CircleCheck, Clock3, Lock, WifiOff } from 'lucide-react'
import { forwardRef } from 'react'
import { cn } from '../kit/class-names.ts'
import { Spinner } from '../kit/spinner.tsx'
import type { StatusWords } from './status-words.ts'

const LOOK = {
	neutral: { box: 'border-line bg-sunken', title: 'text-ink', icon: Lock },
	good: { box: 'border-good/25 bg-good-soft', title: 'text-good', icon: CircleCheck },
	warn: { box: 'border-warn/25 bg-warn-soft', title: 'text-warn', icon: WifiOff },
	bad: { box: 'border-bad/25 bg-bad-soft', title: 'text-bad', icon: CircleAlert },
	wait: { box: 'border-wait/25 bg-wait-soft', title: 'text-wait', icon: Clock3 },
} as const

type PaymentStatusProps = { words: StatusWords }

/** The one place that speaks of the money. It is always there and keeps its room, so nothing jumps. */
export const PaymentStatus = forwardRef<HTMLDivElement, PaymentStatusProps>(function PaymentStatus(
	{ words },
	ref,
) {
	const { box, title, icon } = LOOK[words.tone]
	const Icon = words.tone === 'warn' && !/connect|offline/i.test(words.title + words.detail) ? Clock3 : icon
	return (
		<div
			ref={ref}
			tabIndex={-1}
			data-tone={words.tone}
			className={cn(
				'flex min-h-27 gap-2.5 rounded-md border px-3.5 py-3 transition-colors outline-none focus-visible:outline-2 sm:min-h-23',
				box,
			)}
		>
			<span className={cn('mt-0.5 shrink-0', title)}>
				{words.isBusy ? <Spinner /> : <Icon aria-hidden="true" className="size-4" />}
			</span>
			<div
				role="status"
				aria-live="polite"
				aria-atomic="true"
				className="grid min-w-0 flex-1 content-start gap-0.5"
			>
				<p className={cn('font-medium', title)}>{words.title}</p>
				<p className="text-sm text-ink">{words.detail}</p>
			</div>
		</div>
	)
})
