import { Link } from '@remix-run/react'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Banner } from '../kit/banner.tsx'
import { Wordmark } from '../kit/wordmark.tsx'

type AuthCardProps = { title: string; below?: ReactNode; after?: ReactNode; children: ReactNode }

/** The one frame of every page before the console: a name, one question, and where else to go. */
export function AuthCard({ title, below, after, children }: AuthCardProps) {
	return (
		<main className="grid min-h-dvh place-items-center p-5">
			<div className="grid w-full max-w-sm gap-6">
				<Link to="/" className="justify-self-center rounded-md">
					<Wordmark />
				</Link>
				<div className="grid gap-4 rounded-xl border border-line bg-panel p-6 shadow-card">
					<div className="grid gap-1">
						<h1 className="text-xl font-semibold tracking-tight">{title}</h1>
						{below && <p className="text-pretty text-muted">{below}</p>}
					</div>
					{children}
				</div>
				{after && <div className="grid gap-2 text-center text-sm text-balance text-muted">{after}</div>}
			</div>
		</main>
	)
}

export function AuthLink({ to, children }: { to: string; children: ReactNode }) {
	return (
		<Link to={to} className="rounded-sm font-medium text-accent underline underline-offset-2">
			{children}
		</Link>
	)
}

export function Or() {
	return (
		<p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
			or
		</p>
	)
}

type Refusal = { message: string; field: string | null }

/** Above the form, unless one of its fields says it itself. */
export function RefusalBanner({
	refusal,
	fields,
}: {
	refusal: Refusal | null | undefined
	fields: readonly string[]
}) {
	if (!refusal || (refusal.field !== null && fields.includes(refusal.field))) return null
	return (
		<Banner tone="bad" icon={CircleAlert} role="alert">
			{refusal.message}
		</Banner>
	)
}

export const errorAt = (refusal: Refusal | null | undefined, field: string): string | null =>
	refusal?.field === field ? refusal.message : null
