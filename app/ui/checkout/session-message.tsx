import { useRevalidator } from '@remix-run/react'
import { useEffect, type ReactNode } from 'react'
import { ButtonLink } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { CheckoutShell } from './checkout-shell.tsx'

type SessionMessageProps = {
	title: string
	merchantName?: string
	to?: string
	linkText?: string
	/** Beside the title. */
	aside?: ReactNode
	children: ReactNode
}

/** A page with one thing to say and one way on. */
export function SessionMessage({
	title,
	merchantName = 'Tillhouse',
	to = '/shop',
	linkText = 'Go to the shop',
	aside,
	children,
}: SessionMessageProps) {
	return (
		<CheckoutShell merchantName={merchantName}>
			<Card className="mx-auto mt-8 grid max-w-md gap-3 p-6">
				<div className="flex items-start justify-between gap-3">
					<h1 className="text-xl font-semibold text-ink">{title}</h1>
					{aside}
				</div>
				<p className="text-muted">{children}</p>
				<ButtonLink to={to} reloadDocument tone="primary" className="mt-2 justify-self-start">
					{linkText}
				</ButtonLink>
			</Card>
		</CheckoutShell>
	)
}

/** For a session nobody knows, and for a page that could not be made. */
export function SessionTrouble({ isUnknown }: { isUnknown: boolean }) {
	const { revalidate } = useRevalidator()
	useEffect(() => {
		window.addEventListener('online', revalidate)
		return () => window.removeEventListener('online', revalidate)
	}, [revalidate])
	return isUnknown ? (
		<SessionMessage title="This checkout does not exist">
			The address may be incomplete or old. No money was taken by opening it.
		</SessionMessage>
	) : (
		<SessionMessage title="This page could not be loaded" to="." linkText="Try again">
			Opening this page never charges a card. If you have just paid, try again to see where the payment
			stands.
		</SessionMessage>
	)
}
