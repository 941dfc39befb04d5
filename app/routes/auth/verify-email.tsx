import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { confirmEmail, readEmailLink } from '#app/commands/people/confirm-email.server.ts'
import { resendVerification } from '#app/commands/people/sign-up.server.ts'
import { AskForMail, LinkToken, VerifyEmail } from '#app/contracts/people.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { AuthCard, AuthLink, errorAt, RefusalBanner } from '#app/ui/auth/auth-card.tsx'
import { CheckYourMail } from '#app/ui/auth/check-your-mail.tsx'
import { Button } from '#app/ui/kit/button.tsx'
import { Field } from '#app/ui/kit/field.tsx'
import { Input } from '#app/ui/kit/input.tsx'

export const meta: MetaFunction = () => [{ title: 'Confirm your address · Tillhouse' }]

/** Reads only: mail programs open links before people do. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { services } = context
	const token = LinkToken.safeParse(new URL(request.url).searchParams.get('token'))
	const localMail = services.env.mail.kind === 'local'
	if (!token.success) return { link: null, token: null, localMail }
	const link = await readEmailLink(services.acrossMerchants, token.data)
	return { link, token: token.data, localMail }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, clientIp } = context
	const { intent, ...form } = Object.fromEntries(await request.formData())
	try {
		if (intent === 'resend') {
			await services.peopleLimits.count('ask', clientIp)
			const { email } = AskForMail.parse(form)
			await resendVerification(services.acrossMerchants, { email })
			return data({ ok: true as const, email })
		}
		await services.peopleLimits.count('open_link', clientIp)
		const { token } = VerifyEmail.parse(form)
		const { what } = await confirmEmail(services.acrossMerchants, token)
		return redirect(what === 'signed_up' ? '/login?note=confirmed' : '/console/profile')
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

export default function VerifyEmailPage() {
	const { link, token, localMail } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	const pending = useNavigation().formAction?.startsWith('/verify-email') ?? false
	if (result?.ok) {
		return (
			<CheckYourMail
				email={result.email}
				again="/signup"
				intent="resend"
				localMail={localMail}
				text="If an account waits to be confirmed, another mail is on its way to"
			/>
		)
	}
	if (!link) return <AskAgain refusal={result ?? null} wasLink={token !== null} pending={pending} />
	return (
		<AuthCard
			title="Confirm your address"
			below={
				link.what === 'signed_up'
					? 'Your account is made now. Then you sign in with the password you chose.'
					: 'You sign in with this address from now on.'
			}
		>
			<RefusalBanner refusal={result} fields={[]} />
			<Form method="post" className="grid gap-4">
				<input type="hidden" name="token" value={token} />
				<p className="font-medium [overflow-wrap:anywhere]">{link.email}</p>
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Confirm this address
				</Button>
			</Form>
		</AuthCard>
	)
}

type AskAgainProps = {
	refusal: { message: string; field: string | null } | null
	wasLink: boolean
	pending: boolean
}

function AskAgain({ refusal, wasLink, pending }: AskAgainProps) {
	return (
		<AuthCard
			title={wasLink ? 'This link does not work any more' : 'Confirm your address'}
			below="A link works once, for 24 hours. If your account still waits for it, ask for another mail."
			after={
				<p>
					Confirmed already? <AuthLink to="/login">Sign in</AuthLink>
				</p>
			}
		>
			<RefusalBanner refusal={refusal} fields={['email']} />
			<Form method="post" action="/verify-email" className="grid gap-4">
				<input type="hidden" name="intent" value="resend" />
				<Field label="E-mail" error={errorAt(refusal, 'email')}>
					{(control) => <Input {...control} name="email" type="email" autoComplete="username" required />}
				</Field>
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Send another mail
				</Button>
			</Form>
		</AuthCard>
	)
}
