import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { forgotPassword } from '#app/commands/people/reset-password.server.ts'
import { AskForMail } from '#app/contracts/people.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { AuthCard, AuthLink, errorAt, RefusalBanner } from '#app/ui/auth/auth-card.tsx'
import { CheckYourMail } from '#app/ui/auth/check-your-mail.tsx'
import { Button } from '#app/ui/kit/button.tsx'
import { Field } from '#app/ui/kit/field.tsx'
import { Input } from '#app/ui/kit/input.tsx'

export const meta: MetaFunction = () => [{ title: 'Choose a new password · Tillhouse' }]

export const loader = ({ context }: LoaderFunctionArgs) => ({
	localMail: context.services.env.mail.kind === 'local',
})

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, clientIp } = context
	const form = Object.fromEntries(await request.formData())
	try {
		await services.peopleLimits.count('ask', clientIp)
		const { email } = AskForMail.parse(form)
		await forgotPassword(services.acrossMerchants, { email })
		return data({ ok: true as const, email })
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

export default function ForgotPasswordPage() {
	const { localMail } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	const pending = useNavigation().formAction?.startsWith('/forgot-password') ?? false
	if (result?.ok) {
		return (
			<CheckYourMail
				email={result.email}
				again="/forgot-password"
				localMail={localMail}
				text="If there is an account with this address, a link to choose a new password is on its way to"
			/>
		)
	}
	return (
		<AuthCard
			title="Choose a new password"
			below="We mail you a link. Your password stays as it is until you open it."
			after={
				<p>
					Remembered it? <AuthLink to="/login">Sign in</AuthLink>
				</p>
			}
		>
			<Form method="post" className="grid gap-4">
				<RefusalBanner refusal={result} fields={['email']} />
				<Field label="E-mail" error={errorAt(result, 'email')}>
					{(control) => <Input {...control} name="email" type="email" autoComplete="username" required />}
				</Field>
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Send the link
				</Button>
			</Form>
		</AuthCard>
	)
}
