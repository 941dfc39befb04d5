import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { checkPasskey } from '#app/commands/factors/check-passkey.server.ts'
import { offerAuthentication } from '#app/commands/factors/passkey-ceremony.server.ts'
import { readAssertion } from '#app/contracts/factors.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { logInAs } from '#app/http/log-in.server.ts'
import { noteRefusal } from '#app/http/note-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { pendingLogIn } from '#app/http/pending-log-in.server.ts'
import { safeNext } from '#app/http/safe-next.server.ts'

export const loader = () => redirect('/login')

const refused = (message: string, init: ResponseInit = { status: 400 }) =>
	data({ ok: false as const, message }, init)

/** What the authenticator is to sign, or its answer. A passkey checks who uses it: it is both factors in one. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const services = context.services.acrossMerchants
	const form = await request.formData()
	try {
		await services.peopleLimits.count('passkey', context.clientIp)
		if (form.get('intent') === 'options') {
			const pending = await pendingLogIn(request, context)
			return Response.json(
				pending
					? await offerAuthentication(services, { purpose: 'second_factor', userId: pending.userId })
					: await offerAuthentication(services, { purpose: 'log_in', userId: null }),
				{ headers: { 'cache-control': 'no-store' } },
			)
		}
		const response = readAssertion(form.get('response'))
		if (!response) return refused('Nothing came from the authenticator. Try again.')
		const userId = await checkPasskey(services, { response, purpose: 'log_in', userId: null })
		const headers = await logInAs(request, context, userId, 'passkey')
		if (!headers) return refused('This account is on no team any more.')
		return redirect(safeNext(String(form.get('next') ?? '')), { headers })
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		noteRefusal(services, { kind: 'passkey', clientIp: context.clientIp, userId: null }, error)
		return refused(refusal.message, init)
	}
}
