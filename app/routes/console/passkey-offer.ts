import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { offerRegistration } from '#app/commands/factors/passkey-ceremony.server.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'

export const loader = () => redirect('/console/profile/security')

/** What the authenticator is to sign for a new passkey. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, null)
	const options = await offerRegistration(context.services.acrossMerchants, member)
	return Response.json(options, { headers: { 'cache-control': 'no-store' } })
}
