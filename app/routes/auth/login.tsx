import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { CircleAlert, KeyRound } from 'lucide-react'
import { currentMember } from '#app/http/console-session.server.ts'
import { logIn } from '#app/http/log-in.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { PasskeyLogIn } from '#app/ui/factors/passkey-log-in.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Button } from '#app/ui/kit/button.tsx'
import { Field } from '#app/ui/kit/field.tsx'
import { Input } from '#app/ui/kit/input.tsx'
import { Wordmark } from '#app/ui/kit/wordmark.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign in · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
	if (await currentMember(request, context)) throw redirect('/console')
	return { demo: context.services.env.demo, next: new URL(request.url).searchParams.get('next') }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const result = await logIn(request, context)
	if (result.ok) return redirect(result.next, { headers: result.headers })
	return data({ message: result.message, email: result.email }, { status: 400 })
}

export default function Login() {
	const { demo, next } = useLoaderData<typeof loader>()
	const failure = useActionData<typeof action>()
	const pending = useNavigation().formAction?.startsWith('/login') ?? false
	return (
		<main className="grid min-h-dvh place-items-center p-5">
			<div className="grid w-full max-w-sm gap-6">
				<Link to="/" className="justify-self-center rounded-md">
					<Wordmark />
				</Link>
				<div className="rounded-xl border border-line bg-panel p-6 shadow-card">
					<h1 className="mb-4 text-xl font-semibold tracking-tight">Sign in to the console</h1>
					<Form method="post" className="grid gap-4">
						{failure && (
							<Banner tone="bad" icon={CircleAlert} role="alert">
								{failure.message}
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
								<Input
									{...control}
									name="password"
									type="password"
									autoComplete="current-password"
									required
								/>
							)}
						</Field>
						<Button type="submit" tone="primary" size="lg" wide pending={pending}>
							Sign in
						</Button>
					</Form>
					<Or />
					<PasskeyLogIn next={next} />
				</div>
				{demo && <DemoHint />}
			</div>
		</main>
	)
}

function Or() {
	return (
		<p className="my-4 flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
			or
		</p>
	)
}

function DemoHint() {
	return (
		<Banner icon={KeyRound}>
			This is the demo. Its email and password were printed in the terminal that started it.
		</Banner>
	)
}
