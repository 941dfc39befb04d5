import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { isResetLink, resetPassword } from '#app/commands/people/reset-password.server.ts'
import { LinkToken, ResetPassword } from '#app/contracts/people.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { AuthCard, errorAt, RefusalBanner } from '#app/ui/auth/auth-card.tsx'
import { NewPasswordField } from '#app/ui/auth/password-field.tsx'
import { Button, ButtonLink } from '#app/ui/kit/button.tsx'

export const meta: MetaFunction = () => [{ title: 'Choose a new password · Tillhouse' }]

/** Reads only: mail programs open links before people do. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { services } = context
	const token = LinkToken.safeParse(new URL(request.url).searchParams.get('token'))
	if (!token.success) return { token: null }
	return { token: (await isResetLink(services.acrossMerchants, token.data)) ? token.data : null }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, clientIp } = context
	const form = Object.fromEntries(await request.formData())
	try {
		await services.peopleLimits.count('open_link', clientIp)
		await resetPassword(services.acrossMerchants, ResetPassword.parse(form))
		return redirect('/login?note=reset')
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		return data(refusal, init)
	}
}

export default function ResetPasswordPage() {
	const { token } = useLoaderData<typeof loader>()
	const refusal = useActionData<typeof action>()
	const pending = useNavigation().formAction?.startsWith('/reset-password') ?? false
	if (token === null) {
		return (
			<AuthCard
				title="This link does not work any more"
				below="A link works once, for an hour. Your password is what it was, unless you have just changed it."
			>
				<ButtonLink to="/forgot-password" tone="primary" size="lg" wide>
					Ask for another link
				</ButtonLink>
			</AuthCard>
		)
	}
	return (
		<AuthCard title="Choose a new password" below="You are signed out on all devices and sign in again.">
			<Form method="post" className="grid gap-4">
				<RefusalBanner refusal={refusal} fields={['password']} />
				<input type="hidden" name="token" value={token} />
				<NewPasswordField label="New password" error={errorAt(refusal, 'password')} />
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Save the new password
				</Button>
			</Form>
		</AuthCard>
	)
}
