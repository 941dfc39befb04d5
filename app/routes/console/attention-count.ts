import type { LoaderFunctionArgs } from '@remix-run/node'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentAttentionCount } from '#app/presenters/attention.server.ts'

const PAGE = CONSOLE_PAGES['/console/attention/count']

/** How many items wait now: the number beside the desk's name, read again when one opens or closes. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	return Response.json(
		{ count: await presentAttentionCount(services, merchantId) },
		{ headers: { 'cache-control': 'no-store' } },
	)
}
