import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useMatches } from '@remix-run/react'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentAttentionCount } from '#app/presenters/attention.server.ts'
import { ConsoleShell } from '#app/ui/console/console-shell.tsx'
import { StepUpHost } from '#app/ui/factors/step-up-dialog.tsx'
import { LiveProvider } from '#app/ui/live/live-provider.tsx'

export const meta: MetaFunction = () => [{ title: 'Console · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
	const { name, email, role, merchantId, merchantName } = await requireMember(request, context)
	const testMode = !context.services.env.stripe.publishableKey.startsWith('pk_live_')
	const attentionCount = await presentAttentionCount(context.services, merchantId)
	return { person: { name, email, role, merchantName }, testMode, attentionCount }
}

/** Live updates read the page again, not the frame around it; every page checks the login itself. */
export const shouldRevalidate = () => false

const cursorOf = (view: unknown): string | null =>
	typeof view === 'object' && view !== null && 'cursor' in view && typeof view.cursor === 'string'
		? view.cursor
		: null

export default function ConsoleLayout() {
	const { person, testMode, attentionCount } = useLoaderData<typeof loader>()
	// The stream starts where the page was read, so nothing that happened in between is missed.
	const cursor = cursorOf(useMatches().at(-1)?.data)
	return (
		<LiveProvider path="/console/stream" cursor={cursor}>
			<ConsoleShell person={person} testMode={testMode} attentionCount={attentionCount}>
				<Outlet />
				<StepUpHost />
			</ConsoleShell>
		</LiveProvider>
	)
}
