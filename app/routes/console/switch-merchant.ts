import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { standElsewhere } from '#app/commands/people/stand-elsewhere.server.ts'
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
	const asked = typeof world === 'string' && Object.hasOwn(WORLDS, world) ? WORLDS[world] : undefined
	if (typeof merchant !== 'string' && asked === undefined) throw new Response(null, { status: 400 })
	// What is not named stays as it is.
	const headers = await switchMerchant(request, context, ({ member, ...session }) =>
		standElsewhere(context.services.acrossMerchants, {
			userId: member.userId,
			session,
			accountId: typeof merchant === 'string' ? merchant : member.account.merchantId,
			livemode: asked ?? member.livemode,
		}),
	)
	return redirect('/console', { headers })
}
