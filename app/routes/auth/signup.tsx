import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { MailX } from 'lucide-react'
import { signUp } from '#app/commands/people/sign-up.server.ts'
import { SignUp } from '#app/contracts/people.ts'
import { currentMember } from '#app/http/console-session.server.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { AuthCard, AuthLink, errorAt, Or, RefusalBanner } from '#app/ui/auth/auth-card.tsx'
import { CheckYourMail } from '#app/ui/auth/check-your-mail.tsx'
import { GoogleButton } from '#app/ui/auth/google-button.tsx'
import { NewPasswordField } from '#app/ui/auth/password-field.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Button } from '#app/ui/kit/button.tsx'
import { Field } from '#app/ui/kit/field.tsx'
import { Input } from '#app/ui/kit/input.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign up · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
	if (await currentMember(request, context)) throw redirect('/console')
	const { mail, google } = context.services.env
	return { mail: mail.kind, google: google !== null }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, clientIp } = context
	const form = Object.fromEntries(await request.formData())
	try {
		await services.peopleLimits.count('sign_up', clientIp)
		const asked = SignUp.parse(form)
		await signUp(services.acrossMerchants, asked)
		return data({ ok: true as const, email: asked.email })
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

const FIELDS = ['name', 'merchant_name', 'email', 'password'] as const

export default function SignUpPage() {
	const { mail, google } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	const pending = useNavigation().formAction?.startsWith('/signup') ?? false
	if (result?.ok) {
		return (
			<CheckYourMail
				email={result.email}
				again="/signup"
				intent="resend"
				localMail={mail === 'local'}
				text="Your account is made when you open the link in the mail to"
			/>
		)
	}
	return (
		<AuthCard
			title="Make an account"
			below="For you and your business. You can invite others later."
			after={
				<p>
					Have an account already? <AuthLink to="/login">Sign in</AuthLink>
				</p>
			}
		>
			{mail === 'none' ? (
				<Banner tone="warn" icon={MailX}>
					This house cannot send e-mail yet, so no account can be made. Whoever runs it must set SMTP_URL.
				</Banner>
			) : (
				<Form method="post" className="grid gap-4">
					<RefusalBanner refusal={result} fields={FIELDS} />
					<Field label="Your name" error={errorAt(result, 'name')}>
						{(control) => <Input {...control} name="name" autoComplete="name" required maxLength={80} />}
					</Field>
					<Field label="Name of the business" error={errorAt(result, 'merchant_name')}>
						{(control) => (
							<Input {...control} name="merchant_name" autoComplete="organization" required maxLength={120} />
						)}
					</Field>
					<Field label="E-mail" error={errorAt(result, 'email')}>
						{(control) => (
							<Input
								{...control}
								name="email"
								type="email"
								autoComplete="username"
								required
								maxLength={254}
							/>
						)}
					</Field>
					<NewPasswordField error={errorAt(result, 'password')} />
					<Button type="submit" tone="primary" size="lg" wide pending={pending}>
						Make the account
					</Button>
				</Form>
			)}
			{google && (
				<>
					<Or />
					<GoogleButton intent="log_in" next={null} />
				</>
			)}
		</AuthCard>
	)
}
