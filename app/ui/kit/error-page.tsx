import { Button, ButtonLink } from './button.tsx'
import { Wordmark } from './wordmark.tsx'

const WORDS: Record<number, { title: string; text: string }> = {
	403: { title: 'This is not open to you', text: 'Your account may not see this page.' },
	404: {
		title: 'There is nothing here',
		text: 'The link may be old or mistyped. Nothing was changed and no money has moved.',
	},
	429: { title: 'Too many requests', text: 'Wait a moment, then try again.' },
}

const BROKEN = {
	title: 'Something broke on our side',
	text: 'The page could not be shown. Payments go on in the background and are not lost. Try again in a moment.',
}

/** The whole window, for errors that leave nothing else to show. */
export function ErrorPage({ status }: { status: number }) {
	const { title, text } = WORDS[status] ?? BROKEN
	return (
		<main className="grid min-h-dvh place-items-center p-6">
			<div className="grid max-w-md gap-6">
				<Wordmark />
				<div className="grid gap-2">
					{status < 500 && <p className="font-mono text-sm text-muted">{status}</p>}
					<h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
					<p className="text-muted">{text}</p>
				</div>
				<div className="flex gap-2">
					{status === 404 || status === 403 ? null : (
						<Button tone="primary" onClick={() => window.location.reload()}>
							Try again
						</Button>
					)}
					<ButtonLink to="/" tone="secondary" reloadDocument>
						Go to the start page
					</ButtonLink>
				</div>
			</div>
		</main>
	)
}
