import { isRouteErrorResponse, useRevalidator, useRouteError } from '@remix-run/react'
import { CloudOff, Lock, SearchX, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { z } from 'zod'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'

const Refusal = z.object({ error: z.object({ message: z.string() }) })

const reasonIn = (data: unknown): string => {
	const parsed = Refusal.safeParse(data)
	return parsed.success ? parsed.data.error.message : 'You are not allowed to do this.'
}

/** An error inside the console: the navigation stays, and nothing is claimed about money. */
export function ConsoleError({ missing = 'page' }: { missing?: string }) {
	const error = useRouteError()
	const { revalidate, state } = useRevalidator()
	useEffect(() => {
		window.addEventListener('online', revalidate)
		return () => window.removeEventListener('online', revalidate)
	}, [revalidate])
	const retry = (
		<Button tone="primary" pending={state === 'loading'} onClick={revalidate}>
			Try again
		</Button>
	)
	if (isRouteErrorResponse(error) && error.status === 404) {
		return (
			<Card>
				<EmptyState
					icon={SearchX}
					title={`There is no such ${missing}`}
					action={<ButtonLink to="/console/payments">All payments</ButtonLink>}
				>
					It does not exist, or it belongs to another account.
				</EmptyState>
			</Card>
		)
	}
	if (isRouteErrorResponse(error) && error.status === 403) {
		return (
			<Card>
				<EmptyState icon={Lock} title="This is not open to you">
					{reasonIn(error.data)} Nothing was changed. An owner or an admin of your team can change what your
					role allows.
				</EmptyState>
			</Card>
		)
	}
	if (error instanceof TypeError && typeof navigator !== 'undefined' && !navigator.onLine) {
		return (
			<Card>
				<EmptyState icon={CloudOff} title="You are offline" action={retry}>
					This page could not be fetched. Payments go on without this window.
				</EmptyState>
			</Card>
		)
	}
	return (
		<Card>
			<EmptyState icon={TriangleAlert} title="This page could not be shown" action={retry}>
				Something broke on our side. Payments go on in the background and are not lost.
			</EmptyState>
		</Card>
	)
}
