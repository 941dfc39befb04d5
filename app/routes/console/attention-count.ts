import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentAttentionCount } from '#app/presenters/attention.server.ts'

/** How many items wait now: the number beside the desk's name, read again when one opens or closes. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { merchantId } = await requireMember(request, context)
	return Response.json(
		{ count: await presentAttentionCount(context.services, merchantId) },
		{ headers: { 'cache-control': 'no-store' } },
	)
}
