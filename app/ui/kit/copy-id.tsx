import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cn } from './class-names.ts'

type CopyIdProps = {
	value: string
	/** What is copied, for screen readers: "payment id". */
	what?: string
	/** Keeps the start and the end of long ids. */
	short?: boolean
	/** In fours, over as many lines as it takes: for what is typed off the screen. */
	grouped?: boolean
	className?: string
}

function shownAs(value: string, { short, grouped }: { short: boolean; grouped: boolean }): string {
	if (grouped) return value.replaceAll(/.{4}(?=.)/g, '$& ')
	return short && value.length > 18 ? `${value.slice(0, 8)}…${value.slice(-6)}` : value
}

export function CopyId({ value, what = 'id', short = false, grouped = false, className }: CopyIdProps) {
	const [copied, setCopied] = useState(false)
	useEffect(() => {
		if (!copied) return
		const timer = setTimeout(() => setCopied(false), 1_600)
		return () => clearTimeout(timer)
	}, [copied])
	const shown = shownAs(value, { short, grouped })
	return (
		<button
			type="button"
			title={copied ? 'Copied' : `Copy ${what} ${value}`}
			onClick={() => {
				navigator.clipboard.writeText(value).then(
					() => setCopied(true),
					() => setCopied(false),
				)
			}}
			className={cn(
				'group inline-flex max-w-full items-center gap-1.5 rounded-sm font-mono text-xs text-muted transition-colors hover:text-ink pointer-coarse:min-h-9',
				className,
			)}
		>
			<span className="sr-only">Copy {what}</span>
			<span className={grouped ? 'text-left' : 'truncate'}>{shown}</span>
			{copied ? (
				<Check aria-hidden="true" className="size-3.5 shrink-0 text-good" />
			) : (
				<Copy aria-hidden="true" className="size-3.5 shrink-0 opacity-50 group-hover:opacity-100" />
			)}
			<span aria-live="polite" className="sr-only">
				{copied ? 'Copied' : ''}
			</span>
		</button>
	)
}
