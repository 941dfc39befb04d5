import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentGateways } from '#app/presenters/gateways.server.ts'

/** How the gateways are doing, for the page that watches them. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { merchantId } = await requireMember(request, context)
	return Response.json(
		{ gateways: await presentGateways(context.services, merchantId) },
		{ headers: { 'cache-control': 'no-store' } },
	)
}
