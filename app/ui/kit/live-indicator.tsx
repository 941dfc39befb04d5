import { cn } from './class-names.ts'

export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'offline'

const WORDS = {
	connecting: { word: 'Connecting', title: 'Opening the live connection', dot: 'bg-faint' },
	live: { word: 'Live', title: 'Changes appear here as they happen', dot: 'bg-good' },
	reconnecting: {
		word: 'Reconnecting',
		title: 'The live connection dropped. Missed changes are fetched when it is back.',
		dot: 'bg-warn',
	},
	offline: { word: 'Offline', title: 'This device has no connection', dot: 'bg-bad' },
} as const satisfies Record<LiveStatus, unknown>

export function LiveIndicator({ status, className }: { status: LiveStatus; className?: string }) {
	const { word, title, dot } = WORDS[status]
	return (
		<span
			role="status"
			title={title}
			data-live={status}
			className={cn('inline-flex items-center gap-1.5 text-sm text-muted', className)}
		>
			<span aria-hidden="true" className={cn('size-2 rounded-full', dot)} />
			{word}
		</span>
	)
}
