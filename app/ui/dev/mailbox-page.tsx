import { Link } from '@remix-run/react'
import { Mails } from 'lucide-react'
import type { KeptMailView } from '#app/contracts/mail.ts'
import { Card } from '../kit/card.tsx'
import { cn } from '../kit/class-names.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Time } from '../kit/time.tsx'

export function MailboxPage({ mails, shown }: { mails: KeptMailView[]; shown: KeptMailView | null }) {
	return (
		<main className="mx-auto max-w-5xl p-4 sm:p-6">
			<PageHeader
				title="Mail"
				below="No mail server is set up, so mail is kept here instead of being sent. Newest first."
			/>
			{mails.length === 0 ? (
				<Card>
					<EmptyState icon={Mails} title="No mail yet">
						Sign up or ask for a new password, and the mail shows here.
					</EmptyState>
				</Card>
			) : (
				<div className={cn('grid items-start gap-4', shown && 'md:grid-cols-[20rem_minmax(0,1fr)]')}>
					{shown && <Mail mail={shown} />}
					<MailList mails={mails} shownId={shown?.id ?? null} />
				</div>
			)}
		</main>
	)
}

function MailList({ mails, shownId }: { mails: KeptMailView[]; shownId: string | null }) {
	return (
		<Card className="overflow-hidden md:order-first">
			<ul aria-label="Mails" className="divide-y divide-line">
				{mails.map(({ id, to, subject, at }) => (
					<li key={id}>
						<Link
							to={`/dev/mail?id=${id}`}
							aria-current={id === shownId ? 'true' : undefined}
							className={cn('grid gap-0.5 px-4 py-2.5 hover:bg-sunken', id === shownId && 'bg-accent-soft')}
						>
							<span className="font-medium text-ink">{subject}</span>
							<span className="flex justify-between gap-2 text-sm text-muted">
								<span className="truncate">{to}</span>
								<Time at={at} />
							</span>
						</Link>
					</li>
				))}
			</ul>
		</Card>
	)
}

const ADDRESS = /(https?:\/\/\S+)/

function Mail({ mail: { subject, to, text, at } }: { mail: KeptMailView }) {
	return (
		<Card className="min-w-0 p-4">
			<h2 className="text-lg font-semibold text-ink">{subject}</h2>
			<p className="mb-4 text-sm text-muted">
				To {to} · <Time at={at} mode="absolute" />
			</p>
			<article className="whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
				{text.split(ADDRESS).map((part, index) =>
					index % 2 === 1 ? (
						<a key={index} href={part} className="text-accent underline">
							{part}
						</a>
					) : (
						part
					),
				)}
			</article>
		</Card>
	)
}
