import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { currentMember } from '#app/http/console-session.server.ts'
import { beginJourney } from '#app/http/google/google-journey.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { safeNext } from '#app/http/safe-next.server.ts'

export const loader = () => redirect('/login')

/** Sets out to Google: to sign in, or to show once more who one is. Linking begins at the page about signing in. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const form = await request.formData()
	const next = safeNext(String(form.get('next') ?? ''))
	const member = form.get('intent') === 'step_up' ? await currentMember(request, context) : null
	const begun = await beginJourney(context, {
		intent: member ? 'step_up' : 'log_in',
		next,
		userId: member?.userId ?? null,
	})
	return begun.ok ? redirect(begun.location, begun) : redirect(`/login?note=${begun.ending}`)
}
