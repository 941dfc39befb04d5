import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useMatches, type ShouldRevalidateFunction } from '@remix-run/react'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentAttentionCount } from '#app/presenters/attention.server.ts'
import { presentShellPreferences } from '#app/presenters/profile.server.ts'
import { ConsoleShell } from '#app/ui/console/console-shell.tsx'
import { PermissionsProvider } from '#app/ui/console/permissions.tsx'
import { WorldProvider } from '#app/ui/console/world.tsx'
import { StepUpHost } from '#app/ui/factors/step-up-dialog.tsx'
import { usePreferredTheme } from '#app/ui/kit/use-preferred-theme.ts'
import { LiveProvider } from '#app/ui/live/live-provider.tsx'

export const meta: MetaFunction = () => [{ title: 'Console · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
	const {
		userId,
		name,
		email,
		roleTitle: role,
		grant,
		merchantId,
		merchantName,
		livemode,
		account,
		services,
	} = await requireMember(request, context, null)
	const counts = may(grant, CONSOLE_PAGES['/console/attention/count'].read)
	const attentionCount = counts ? await presentAttentionCount(services, merchantId) : 0
	const permissions = [...grant.permissions]
	const { theme, density, merchants } = await presentShellPreferences(
		context.services.acrossMerchants,
		userId,
	)
	const person = { name, email, role, merchantId: account.merchantId, merchantName, merchants }
	const world = { merchantId, livemode, isConnected: services.gateways.connected.length > 0 }
	return { person, permissions, world, attentionCount, theme, density }
}

/** Live updates read the page again, not the frame around it, save for the name in it; every page checks the login itself. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction }) =>
	formAction === '/console/profile'

const cursorOf = (view: unknown): string | null =>
	typeof view === 'object' && view !== null && 'cursor' in view && typeof view.cursor === 'string'
		? view.cursor
		: null

export default function ConsoleLayout() {
	const { person, permissions, world, attentionCount, theme, density } = useLoaderData<typeof loader>()
	usePreferredTheme(theme)
	// The stream starts where the page was read, so nothing that happened in between is missed.
	const cursor = cursorOf(useMatches().at(-1)?.data)
	return (
		<LiveProvider path={`/console/stream?merchant=${world.merchantId}`} cursor={cursor}>
			<PermissionsProvider value={permissions}>
				<WorldProvider value={world}>
					<ConsoleShell density={density} person={person} attentionCount={attentionCount}>
						<Outlet />
						<StepUpHost />
					</ConsoleShell>
				</WorldProvider>
			</PermissionsProvider>
		</LiveProvider>
	)
}
