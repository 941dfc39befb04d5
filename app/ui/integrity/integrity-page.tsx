import { Link } from '@remix-run/react'
import type { IntegrityReport } from '#app/contracts/integrity.ts'
import { cn } from '../kit/class-names.ts'
import { ThemeToggle } from '../kit/theme-toggle.tsx'
import { Time } from '../kit/time.tsx'
import { Wordmark } from '../kit/wordmark.tsx'
import { PromiseList } from './promise-list.tsx'
import { RunStrip } from './run-strip.tsx'
import { verdictWords } from './verdict-words.ts'

const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** For everybody: whether the books hold, when that was last looked at, and what it means. */
export function IntegrityPage({ report }: { report: IntegrityReport }) {
	const { title, text, look, icon: Icon } = verdictWords(report)
	return (
		<div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-5 sm:px-8">
			<header className="flex h-16 items-center justify-between">
				<Link to="/" className="rounded-md">
					<Wordmark />
				</Link>
				<ThemeToggle />
			</header>
			<main className="flex-1 pb-16">
				<section className="grid gap-8 pt-8 pb-10 sm:pt-12 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-end">
					<div className="flex items-start gap-4 sm:gap-5">
						<span className={cn('grid size-12 shrink-0 place-items-center rounded-xl sm:size-14', look)}>
							<Icon aria-hidden="true" className="size-6 sm:size-7" />
						</span>
						<div className="grid gap-2">
							<h1 className="text-3xl leading-tight font-semibold tracking-[-0.025em] text-balance sm:text-4xl">
								{title}
							</h1>
							<p className="max-w-xl text-lg leading-relaxed text-muted">{text}</p>
						</div>
					</div>
					<RunStrip runs={report.runs} />
				</section>
				<dl className="mb-10 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card sm:grid-cols-4">
					<Fact label="Last checked">
						{report.checked_ms === null ? '–' : <Time at={report.checked_ms} />}
					</Fact>
					<Fact label="Rows read">
						{report.rows_checked === null ? '–' : count.format(report.rows_checked)}
					</Fact>
					<Fact label="Rows that break a promise">
						{report.violations === null ? (
							'–'
						) : (
							<span className={report.violations > 0 ? 'text-bad' : ''}>
								{count.format(report.violations)}
							</span>
						)}
					</Fact>
					<Fact label="Took">
						{report.took_ms === null ? '–' : `${count.format(Math.max(0.1, report.took_ms / 1_000))} s`}
					</Fact>
				</dl>
				<PromiseList promises={report.promises} />
				<p className="mt-10 max-w-2xl text-sm text-muted">
					Every hour all books are read in one snapshot and held against these sentences. Each is a statement
					of <code className="font-mono text-xs">db/invariants.sql</code> that must find no row, and each has
					been seen to find a fault planted for it. Run them yourself:{' '}
					<code className="font-mono text-xs">npm run ops -- verify</code>. As JSON:{' '}
					<a
						href="/api/v1/integrity"
						className="rounded-sm text-ink underline decoration-line-strong underline-offset-4 hover:decoration-accent"
					>
						/api/v1/integrity
					</a>
					.
				</p>
			</main>
		</div>
	)
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
	return (
		<div className="bg-panel px-4 py-3">
			<dt className="text-sm text-muted">{label}</dt>
			<dd className="mt-0.5 text-xl font-semibold tracking-tight text-ink tabular-nums">{children}</dd>
		</div>
	)
}
