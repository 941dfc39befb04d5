import type { MetaFunction } from '@remix-run/node'
import { BookOpenText, ChevronRight, Radio, ShieldCheck, ShoppingBag } from 'lucide-react'
import { Link } from '@remix-run/react'
import { ButtonLink } from '#app/ui/kit/button.tsx'
import { ThemeToggle } from '#app/ui/kit/theme-toggle.tsx'
import { useHasShop } from '#app/ui/kit/use-has-shop.ts'
import { Wordmark } from '#app/ui/kit/wordmark.tsx'

export const meta: MetaFunction = () => [
	{ title: 'Tillhouse: payments on one app and one Postgres' },
	{
		name: 'description',
		content:
			'An open-source payments app: checkout, risk screening, a double-entry ledger and a live console.',
	},
]

const STEPS = ['Checkout', 'Risk check', 'Charge', 'Ledger', 'Console']

const PARTS = [
	{
		icon: ShoppingBag,
		title: 'Checkout that keeps its place',
		text: 'Every try has one key: a reload, a double click or a lost connection leads back to the same payment.',
	},
	{
		icon: ShieldCheck,
		title: 'Risk checks with reasons',
		text: 'Each payment gets a score and the sentences behind it. Doubtful ones wait, uncollected, until a person decides.',
	},
	{
		icon: BookOpenText,
		title: 'A ledger in double entry',
		text: 'Every movement of money is written twice, once on each side. The database refuses anything that does not add up.',
	},
	{
		icon: Radio,
		title: 'A console that is live',
		text: 'Payments appear and change as they happen, with the cause of every step beside it.',
	},
]

export default function Home() {
	const hasShop = useHasShop()
	return (
		<div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-5 sm:px-8">
			<header className="flex h-16 items-center justify-between">
				<Wordmark />
				<div className="flex items-center gap-1">
					<ThemeToggle />
					<ButtonLink to="/login" tone="quiet" size="sm">
						Sign in
					</ButtonLink>
				</div>
			</header>
			<main className="flex-1 pb-16">
				<section className="grid gap-6 pt-14 pb-12 sm:pt-24 sm:pb-16">
					<h1 className="max-w-3xl text-4xl leading-[1.08] font-semibold tracking-[-0.03em] text-balance sm:text-6xl">
						The whole journey of a payment, under one roof.
					</h1>
					<p className="max-w-xl text-lg leading-relaxed text-muted">
						Tillhouse is an open-source payments app. Checkout, risk screening, ledger and console run as one
						app on one Postgres.
					</p>
					<div className="flex flex-wrap gap-3">
						{hasShop && (
							<ButtonLink to="/shop" tone="primary" size="lg">
								Buy something in the shop
							</ButtonLink>
						)}
						<ButtonLink to="/console" size="lg">
							Open the console
						</ButtonLink>
					</div>
				</section>
				<ol
					aria-label="The journey of a payment"
					className="flex flex-wrap items-center gap-x-2 gap-y-3 border-y border-line py-5"
				>
					{STEPS.map((step, index) => (
						<li key={step} className="flex items-center gap-2">
							{index > 0 && <ChevronRight aria-hidden="true" className="size-4 text-faint" />}
							<span className="rounded-md border border-line bg-panel px-3 py-1.5 text-base font-medium shadow-card">
								{step}
							</span>
						</li>
					))}
				</ol>
				<section className="grid gap-x-12 gap-y-10 pt-12 sm:grid-cols-2">
					{PARTS.map(({ icon: Icon, title, text }) => (
						<div key={title} className="grid grid-cols-[auto_1fr] gap-x-4">
							<span className="grid size-9 place-items-center rounded-lg bg-accent-soft text-accent">
								<Icon aria-hidden="true" className="size-4.5" />
							</span>
							<div className="grid gap-1">
								<h2 className="text-lg font-semibold tracking-tight">{title}</h2>
								<p className="text-muted">{text}</p>
							</div>
						</div>
					))}
				</section>
			</main>
			<footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-6 text-sm text-muted">
				<span>Tillhouse is free software under the MIT license.</span>
				<Link
					to="/integrity"
					className="rounded-sm text-ink underline decoration-line-strong underline-offset-4 hover:decoration-accent"
				>
					Do the books hold? Checked every hour.
				</Link>
			</footer>
		</div>
	)
}
