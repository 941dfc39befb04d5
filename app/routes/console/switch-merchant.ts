import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { switchMerchant } from '#app/http/switch-merchant.server.ts'

export const loader = () => redirect('/console')

const WORLDS: Readonly<Record<string, boolean>> = { test: false, live: true }

/** Goes on as another business the person belongs to, or in the other world of this one, under a new session id. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const form = await request.formData()
	const merchant = form.get('merchant')
	const world = form.get('world')
	const livemode = WORLDS[String(world)] ?? null
	if (typeof merchant !== 'string' && livemode === null) throw new Response(null, { status: 400 })
	const accountId = typeof merchant === 'string' ? merchant : null
	return redirect('/console', { headers: await switchMerchant(request, context, { accountId, livemode }) })
}
