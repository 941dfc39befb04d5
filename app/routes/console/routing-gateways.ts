import type { LoaderFunctionArgs } from '@remix-run/node'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentGateways } from '#app/presenters/gateways.server.ts'

const PAGE = CONSOLE_PAGES['/console/routing/gateways']

/** How the gateways are doing, for the page that watches them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	return Response.json(
		{ gateways: await presentGateways(services, merchantId) },
		{ headers: { 'cache-control': 'no-store' } },
	)
}
