import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

const badge = cva(
	'inline-flex h-5.5 items-center gap-1.5 rounded-sm px-1.5 text-xs font-medium tracking-normal whitespace-nowrap [&_svg]:size-3',
	{
		variants: {
			tone: {
				neutral: 'bg-sunken text-muted',
				good: 'bg-good-soft text-good',
				bad: 'bg-bad-soft text-bad',
				warn: 'bg-warn-soft text-warn',
				wait: 'bg-wait-soft text-wait',
				accent: 'bg-accent-soft text-accent',
			},
		},
		defaultVariants: { tone: 'neutral' },
	},
)

export type Tone = NonNullable<VariantProps<typeof badge>['tone']>

type BadgeProps = { tone?: Tone; title?: string; className?: string; children: ReactNode }

export function Badge({ tone = 'neutral', title, className, children }: BadgeProps) {
	return (
		<span title={title} className={cn(badge({ tone }), className)}>
			{children}
		</span>
	)
}
