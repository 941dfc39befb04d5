import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { switchMerchant } from '#app/http/switch-merchant.server.ts'

export const loader = () => redirect('/console')

/** Goes on as another business the person belongs to, under a new session id. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const merchantId = String((await request.formData()).get('merchant') ?? '')
	return redirect('/console', { headers: await switchMerchant(request, context, merchantId) })
}
