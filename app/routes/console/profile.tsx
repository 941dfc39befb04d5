import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import {
	askEmailChange,
	changePassword,
	rename,
	setPersonPreferences,
	withdrawEmailChange,
} from '#app/commands/people/change-account.server.ts'
import { endSession, endSessions } from '#app/commands/people/end-sessions.server.ts'
import { ChangeEmail, ChangePassword, ChangeProfile, PreferencesForm } from '#app/contracts/people.ts'
import type { ProfileView } from '#app/contracts/profile.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { forgetHere } from '#app/http/log-in.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { hashOfToken, sessionTokenOf } from '#app/http/session-cookie.server.ts'
import { requireStepUp, waysOf } from '#app/http/step-up.server.ts'
import { presentProfile } from '#app/presenters/profile.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { themeCookie } from '#app/ui/kit/theme.ts'
import { ProfilePage } from '#app/ui/profile/profile-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Your account · Tillhouse' }]

async function whoAsks({ request, context }: LoaderFunctionArgs) {
	const { userId } = await requireMember(request, context, null)
	const token = await sessionTokenOf(request, context.services.env)
	return { userId, thisHash: hashOfToken(token ?? '') }
}

export async function loader(args: LoaderFunctionArgs): Promise<ProfileView> {
	return presentProfile(args.context.services.acrossMerchants, await whoAsks(args))
}

type Form = Record<string, FormDataEntryValue>
type Asked = { userId: string; thisHash: Buffer; clientIp: string; form: Form }
type Services = ActionFunctionArgs['context']['services']['acrossMerchants']

/** Each gives the sentence that says what was done. */
const INTENTS: Readonly<Record<string, (services: Services, asked: Asked) => Promise<string>>> = {
	async name(services, { userId, form }) {
		await rename(services, { userId, name: ChangeProfile.parse(form).name, door: 'console' })
		return 'Your name is saved.'
	},
	async email(services, { userId, clientIp, form }) {
		const { email, current } = ChangeEmail.parse(form)
		await askEmailChange(services, { userId, clientIp, email, current })
		return `Open the link in the mail to ${email}. Until then you sign in with your old address.`
	},
	async keep_email(services, { userId }) {
		await withdrawEmailChange(services, userId)
		return 'Your address stays as it is.'
	},
	async password(services, { userId, clientIp, thisHash, form }) {
		const { current, password } = ChangePassword.parse(form)
		await changePassword(services, { userId, clientIp, current, password, keptHash: thisHash })
		return 'Your password is changed. Your other devices are signed out.'
	},
	async end_session(services, { userId, form }) {
		await endSession(services, { userId, id: String(form['session'] ?? '') })
		return 'That device is signed out.'
	},
	async end_others(services, { userId, thisHash }) {
		await endSessions(services, { userId, keptHash: thisHash, door: 'console' })
		return 'All other devices are signed out.'
	},
}

export async function action(args: ActionFunctionArgs) {
	const { request, context } = args
	requireSameOrigin(request)
	const { userId, thisHash } = await whoAsks(args)
	const { intent, ...form } = Object.fromEntries(await request.formData())
	const services = context.services.acrossMerchants
	try {
		if (intent === 'preferences') {
			const preferences = PreferencesForm.parse(form)
			await setPersonPreferences(services, userId, preferences)
			const headers = { 'set-cookie': themeCookie(preferences.theme, services.env.session.secureCookies) }
			return redirect('/console/profile', { headers })
		}
		if (intent === 'end_all') {
			await endSessions(services, { userId, keptHash: null, door: 'console' })
			return redirect('/login', { headers: await forgetHere(services.env) })
		}
		// The password is in the form; whoever has a second factor shows that as well.
		if (intent === 'email' && (await waysOf(context, userId)).code) {
			const unproven = await requireStepUp(request, context, { userId })
			if (unproven) return unproven
		}
		const run = INTENTS[String(intent)]
		if (!run) throw new Response(null, { status: 400 })
		const message = await run(services, { userId, thisHash, clientIp: context.clientIp, form })
		return data({ ok: true as const, message })
	} catch (error) {
		if (error instanceof Response) throw error
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

export default function Profile() {
	return <ProfilePage profile={useLoaderData() as ProfileView} />
}

export const ErrorBoundary = () => <ConsoleError />
