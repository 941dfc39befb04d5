import { useEffect, useRef, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Spinner } from '../kit/spinner.tsx'
import { readSandboxMessage } from './method-form/sandbox-messages.ts'

type ChallengeDialogProps = {
	/** The bank's page, or null while nothing is asked. */
	url: string | null
	onLeave: () => void
	onAnswered: () => void
	/** The payer wants to pay another way. */
	onAbandon: () => void
}

/** The bank's question in a frame. Closing it leaves the payment waiting; nothing is lost. */
export function ChallengeDialog({ url, onLeave, onAnswered, onAbandon }: ChallengeDialogProps) {
	return (
		<Dialog
			open={url !== null}
			onOpenChange={(open) => !open && onLeave()}
			title="Your bank wants to confirm it’s you"
			description="You are charged only after your bank agrees. If you close this, the payment waits for you."
			className="sm:max-w-lg"
		>
			{url !== null && <ChallengeFrame key={url} url={url} onAnswered={onAnswered} />}
			<Button tone="quiet" wide className="mt-3" onClick={onAbandon}>
				Choose another way to pay
			</Button>
		</Dialog>
	)
}

function ChallengeFrame({ url, onAnswered }: { url: string; onAnswered: () => void }) {
	const frame = useRef<HTMLIFrameElement>(null)
	const [hasLoaded, setHasLoaded] = useState(false)
	const answered = useRef(onAnswered)
	answered.current = onAnswered

	useEffect(() => {
		const { origin } = new URL(url, window.location.href)
		const hear = (event: MessageEvent) => {
			const message = readSandboxMessage(event, { origin, window: frame.current?.contentWindow })
			if (message?.type === '3ds_done') answered.current()
		}
		window.addEventListener('message', hear)
		return () => window.removeEventListener('message', hear)
	}, [url])

	return (
		<div className="relative h-105 overflow-hidden rounded-md border border-line bg-sunken">
			{!hasLoaded && (
				<p
					role="status"
					className="absolute inset-0 grid place-content-center justify-items-center gap-2 text-muted"
				>
					<Spinner className="size-5" />
					Opening your bank’s page…
				</p>
			)}
			<iframe
				ref={frame}
				src={url}
				title="Question from your bank"
				onLoad={() => setHasLoaded(true)}
				className="relative h-full w-full border-0"
			/>
		</div>
	)
}
