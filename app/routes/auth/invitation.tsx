import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { hashOfMailToken } from '#app/commands/mail/mail-token.server.ts'
import { acceptInvitation } from '#app/commands/team/accept-invitation.server.ts'
import { AcceptInvitation } from '#app/contracts/team.ts'
import { currentMember } from '#app/http/console-session.server.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { logOut } from '#app/http/log-in.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentInvitation } from '#app/presenters/invitation.server.ts'
import { InvitationPage, NoInvitation } from '#app/ui/auth/invitation-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Invitation · Tillhouse' }]

/** Reads only: mail programs open links before people do. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const token = new URL(request.url).searchParams.get('token') ?? ''
	if (!AcceptInvitation.shape.token.safeParse(token).success) return { token, invitation: null }
	const signedInAs = (await currentMember(request, context))?.email ?? null
	const viewed = { tokenHash: hashOfMailToken(token), signedInAs }
	const invitation = await presentInvitation(context.services.acrossMerchants, viewed)
	return { token, invitation }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, clientIp } = context
	const { intent, ...form } = Object.fromEntries(await request.formData())
	try {
		await services.peopleLimits.count('open_link', clientIp)
		const { token, name, password } = AcceptInvitation.parse(form)
		if (intent === 'switch') {
			return redirect(`/invitation?token=${token}`, { headers: await logOut(request, context) })
		}
		const signedInAs = (await currentMember(request, context))?.email ?? null
		const person = name !== undefined && password !== undefined ? { name, password } : null
		await acceptInvitation(services.acrossMerchants, { token, signedInAs, person })
		return redirect(signedInAs === null ? '/login?note=joined' : '/console')
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

export default function Invitation() {
	const { token, invitation } = useLoaderData<typeof loader>()
	const refusal = useActionData<typeof action>() ?? null
	const pending = useNavigation().formAction?.startsWith('/invitation') ?? false
	if (!invitation) return <NoInvitation />
	return <InvitationPage token={token} invitation={invitation} refusal={refusal} pending={pending} />
}
