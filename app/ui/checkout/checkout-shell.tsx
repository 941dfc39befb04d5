import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Badge } from '../kit/badge.tsx'
import { Mark } from '../kit/wordmark.tsx'

type CheckoutShellProps = { merchantName: string; isTest?: boolean; children: ReactNode }

/** The quiet frame around shop, checkout and receipt. */
export function CheckoutShell({ merchantName, isTest = false, children }: CheckoutShellProps) {
	return (
		<div className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-4 sm:px-6">
			<header className="flex h-16 items-center justify-between gap-3 print:h-12">
				<Link
					to="/shop"
					reloadDocument
					className="inline-flex min-w-0 items-center gap-2 rounded-sm text-lg font-semibold tracking-tight text-ink"
				>
					<Mark className="shrink-0" />
					<span className="truncate">{merchantName}</span>
				</Link>
				{isTest && (
					<Badge tone="warn" title="Payments go to the sandbox. No real money moves.">
						Test mode
					</Badge>
				)}
			</header>
			<main className="flex-1 pt-2 pb-12">{children}</main>
		</div>
	)
}
