import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { signUpWithIdentity } from '#app/commands/people/sign-up-with-identity.server.ts'
import { SignUpWithGoogle } from '#app/contracts/people.ts'
import { currentMember } from '#app/http/console-session.server.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import {
	forgetIdentity,
	identityHashOf,
	pendingIdentityOf,
} from '#app/http/google/pending-identity.server.ts'
import { logInAs } from '#app/http/log-in.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { AuthCard, AuthLink, errorAt, RefusalBanner } from '#app/ui/auth/auth-card.tsx'
import { Button } from '#app/ui/kit/button.tsx'
import { Field } from '#app/ui/kit/field.tsx'
import { Input } from '#app/ui/kit/input.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign up · Tillhouse' }]

/** Somebody has come back from Google, and nobody here has that address: only the name of their business is missing. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	if (await currentMember(request, context)) throw redirect('/console')
	const pending = await pendingIdentityOf(request, context.services)
	if (!pending || pending.user_id !== null) throw redirect('/login?note=google_expired')
	return { email: pending.email, name: pending.name === pending.email ? '' : pending.name }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, clientIp } = context
	try {
		await services.peopleLimits.count('sign_up', clientIp)
		const pendingHash = await identityHashOf(request, services)
		if (!pendingHash) throw redirect('/login?note=google_expired')
		const { name, merchant_name: merchantName } = SignUpWithGoogle.parse(
			Object.fromEntries(await request.formData()),
		)
		const made = await signUpWithIdentity(services.acrossMerchants, { pendingHash, name, merchantName })
		const headers = await logInAs(request, context, made.userId, 'google')
		if (!headers) throw redirect('/login?note=google_no_team')
		headers.append('set-cookie', await forgetIdentity(services))
		return redirect('/console', { headers })
	} catch (error) {
		if (error instanceof Response) throw error
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

const FIELDS = ['name', 'merchant_name'] as const

export default function GoogleSignUpPage() {
	const { email, name } = useLoaderData<typeof loader>()
	const refusal = useActionData<typeof action>()
	const pending = useNavigation().formAction?.startsWith('/signup/google') ?? false
	return (
		<AuthCard
			title="Make an account"
			below="Google has confirmed your address. You sign in with Google from now on, without a password."
			after={
				<p>
					Have an account already? <AuthLink to="/login">Sign in</AuthLink>
				</p>
			}
		>
			<p className="font-medium [overflow-wrap:anywhere]">{email}</p>
			<Form method="post" className="grid gap-4">
				<RefusalBanner refusal={refusal} fields={FIELDS} />
				<Field label="Your name" error={errorAt(refusal, 'name')}>
					{(control) => (
						<Input {...control} name="name" autoComplete="name" required maxLength={80} defaultValue={name} />
					)}
				</Field>
				<Field label="Name of the business" error={errorAt(refusal, 'merchant_name')}>
					{(control) => (
						<Input
							{...control}
							name="merchant_name"
							autoComplete="organization"
							required
							maxLength={120}
							autoFocus
						/>
					)}
				</Field>
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Make the account
				</Button>
			</Form>
		</AuthCard>
	)
}
