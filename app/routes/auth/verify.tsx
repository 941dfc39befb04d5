import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react'
import { CircleAlert } from 'lucide-react'
import { checkCode } from '#app/commands/factors/check-code.server.ts'
import { checkPasskey } from '#app/commands/factors/check-passkey.server.ts'
import { readAssertion } from '#app/contracts/factors.ts'
import type { Proof } from '#app/domain/access/second-factor.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { noteRefusal } from '#app/http/note-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { countWrong, finishLogIn, pendingLogIn, type Pending } from '#app/http/pending-log-in.server.ts'
import { safeNext } from '#app/http/safe-next.server.ts'
import { waysOf } from '#app/http/step-up.server.ts'
import { AuthCard } from '#app/ui/auth/auth-card.tsx'
import { CodeField } from '#app/ui/factors/code-field.tsx'
import { PasskeyButton } from '#app/ui/factors/passkey-button.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Button } from '#app/ui/kit/button.tsx'

export const meta: MetaFunction = () => [{ title: 'Second step · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
	const pending = await pendingLogIn(request, context)
	if (!pending) throw redirect('/login')
	const { passkey } = await waysOf(context, pending.userId)
	return { passkey, next: safeNext(new URL(request.url).searchParams.get('next')) }
}

async function prove(
	context: ActionFunctionArgs['context'],
	pending: Pending,
	form: FormData,
): Promise<Proof> {
	const services = context.services.acrossMerchants
	const response = readAssertion(form.get('response'))
	if (!response) return checkCode(services, pending, String(form.get('code') ?? ''))
	const { userId } = pending
	await checkPasskey(services, { response, purpose: 'second_factor', userId })
	return 'passkey'
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const pending = await pendingLogIn(request, context)
	if (!pending) throw redirect('/login')
	const form = await request.formData()
	try {
		const headers = await finishLogIn(request, context, pending, await prove(context, pending, form))
		if (!headers) throw redirect('/login')
		return redirect(safeNext(String(form.get('next') ?? '')), { headers })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const { services, clientIp } = context
		noteRefusal(services, { kind: 'second_factor', clientIp, userId: pending.userId }, error)
		if (!(await countWrong(context, pending))) throw redirect('/login')
		return data({ message: error.message }, { status: error.kind === 'rate_limited' ? 429 : 400 })
	}
}

export default function SecondStep() {
	const { passkey, next } = useLoaderData<typeof loader>()
	const failure = useActionData<typeof action>()
	const submit = useSubmit()
	const pending = useNavigation().formAction?.startsWith('/login/verify') ?? false
	return (
		<AuthCard
			title="Show that it is you"
			after={
				<p>Lost your phone and your backup codes? The owner of your team can reset this step for you.</p>
			}
		>
			{failure && (
				<Banner tone="bad" icon={CircleAlert} role="alert">
					{failure.message}
				</Banner>
			)}
			{passkey && (
				<PasskeyButton
					path="/login/passkey"
					onAnswer={(response) => submit({ response, next }, { method: 'post' })}
				>
					Use a passkey
				</PasskeyButton>
			)}
			<Form method="post" className="grid gap-4">
				<input type="hidden" name="next" value={next} />
				<CodeField autoFocus />
				<Button type="submit" tone="primary" size="lg" wide pending={pending}>
					Continue
				</Button>
			</Form>
		</AuthCard>
	)
}
