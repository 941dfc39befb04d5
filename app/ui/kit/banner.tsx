import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

const TONES = {
	neutral: 'border-line bg-sunken text-muted',
	good: 'border-good/25 bg-good-soft text-good',
	warn: 'border-warn/25 bg-warn-soft text-warn',
	bad: 'border-bad/25 bg-bad-soft text-bad',
	wait: 'border-wait/25 bg-wait-soft text-wait',
} as const

type BannerProps = {
	tone?: keyof typeof TONES
	icon?: LucideIcon
	role?: 'status' | 'alert'
	className?: string
	children: ReactNode
}

/** A line across a page or panel that must not be missed. */
export function Banner({ tone = 'neutral', icon: Icon, role, className, children }: BannerProps) {
	return (
		<div role={role} className={cn('flex gap-2 rounded-md border px-3 py-2 text-sm', TONES[tone], className)}>
			{Icon && <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />}
			<div className="min-w-0 flex-1">{children}</div>
		</div>
	)
}
