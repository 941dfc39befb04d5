import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { CircleAlert, CircleCheck, KeyRound } from 'lucide-react'
import { googleWords } from '#app/domain/people/google-words.ts'
import { currentMember } from '#app/http/console-session.server.ts'
import { logIn } from '#app/http/log-in.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { AuthCard, AuthLink, Or } from '#app/ui/auth/auth-card.tsx'
import { GoogleButton } from '#app/ui/auth/google-button.tsx'
import { PasskeyLogIn } from '#app/ui/factors/passkey-log-in.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Button } from '#app/ui/kit/button.tsx'
import { Field } from '#app/ui/kit/field.tsx'
import { Input } from '#app/ui/kit/input.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign in · Tillhouse' }]

/** What has just been done, as far as it is worth saying here. */
const NOTES: Readonly<Record<string, string>> = {
	confirmed: 'Your address is confirmed. Sign in with the password you chose.',
	reset: 'Your password is changed. Sign in with it.',
	joined: 'You are on the team now. Sign in to begin.',
	google_known:
		'You have an account with this address. Sign in to it as always: then you can link Google to it.',
}

export async function loader({ request, context }: LoaderFunctionArgs) {
	if (await currentMember(request, context)) throw redirect('/console')
	const { searchParams } = new URL(request.url)
	const named = searchParams.get('note')
	const note = NOTES[named ?? ''] ?? null
	const { demo, google } = context.services.env
	return { demo, google: google !== null, next: searchParams.get('next'), note, problem: googleWords(named) }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const result = await logIn(request, context)
	if (result.ok) return redirect(result.next, { headers: result.headers })
	return data({ message: result.message, email: result.email }, result.init)
}

export default function Login() {
	const { demo, google, next, note, problem } = useLoaderData<typeof loader>()
	const failure = useActionData<typeof action>()
	const complaint = failure?.message ?? problem
	const pending = useNavigation().formAction?.startsWith('/login') ?? false
	return (
		<AuthCard
			title="Sign in to the console"
			after={
				<>
					<p>
						<AuthLink to="/forgot-password">Forgot your password?</AuthLink>
					</p>
					<p>
						New here? <AuthLink to="/signup">Make an account</AuthLink>
					</p>
					{demo && <DemoHint />}
				</>
			}
		>
			{note && !complaint && (
				<Banner tone="good" icon={CircleCheck} role="status">
					{note}
				</Banner>
			)}
			<Form method="post" className="grid gap-4">
				{complaint && (
					<Banner tone="bad" icon={CircleAlert} role="alert">
						{complaint}
					</Banner>
				)}
				{next && <input type="hidden" name="next" value={next} />}
				<Field label="E-mail">
					{(control) => (
						<Input
							{...control}
							name="email"
							type="email"
							autoComplete="username"
							required
							defaultValue={failure?.email ?? ''}
						/>
					)}
				</Field>
				<Field label="Password">
					{(control) => (
						<Input {...control} name="password" type="password" autoComplete="current-password" required />
					)}
				</Field>
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Sign in
				</Button>
			</Form>
			<Or />
			<div className="grid gap-3">
				{google && <GoogleButton intent="log_in" next={next} />}
				<PasskeyLogIn next={next} />
			</div>
		</AuthCard>
	)
}

function DemoHint() {
	return (
		<Banner icon={KeyRound} className="text-left">
			This is the demo. Its email and password were printed in the terminal that started it.
		</Banner>
	)
}
