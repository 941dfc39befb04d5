import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { checkCode } from '#app/commands/factors/check-code.server.ts'
import { checkPassword } from '#app/commands/factors/check-password.server.ts'
import { checkPasskey } from '#app/commands/factors/check-passkey.server.ts'
import { offerAuthentication } from '#app/commands/factors/passkey-ceremony.server.ts'
import { readAssertion } from '#app/contracts/factors.ts'
import type { Proof } from '#app/domain/access/second-factor.ts'
import { DomainError, isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMember, type Member } from '#app/http/console-session.server.ts'
import { noteRefusal } from '#app/http/note-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { finishStepUp, waysOf } from '#app/http/step-up.server.ts'
import type { StepUpAnswer } from '#app/ui/factors/step-up-dialog.tsx'

export const loader = () => redirect('/console')

async function prove(
	context: ActionFunctionArgs['context'],
	{ userId, merchantId }: Member,
	form: FormData,
): Promise<Proof> {
	const services = context.services.acrossMerchants
	const response = readAssertion(form.get('response'))
	if (response) {
		await checkPasskey(services, { response, purpose: 'step_up', userId })
		return 'passkey'
	}
	const ways = await waysOf(context, userId)
	if (ways.password) {
		return checkPassword(services, { userId, password: String(form.get('password') ?? '') })
	}
	return checkCode(services, { userId, merchantId }, String(form.get('code') ?? ''))
}

/** The proof that an action asked for: a passkey, a code, or the password of whoever has neither. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, null)
	const form = await request.formData()
	if (form.get('intent') === 'options') {
		const options = await offerAuthentication(context.services.acrossMerchants, {
			purpose: 'step_up',
			userId: member.userId,
		})
		return Response.json(options, { headers: { 'cache-control': 'no-store' } })
	}
	try {
		const headers = await finishStepUp(request, context, member, await prove(context, member, form))
		if (!headers) throw new DomainError('conflict', 'session_ended', 'You were signed out meanwhile.')
		return data<StepUpAnswer>({ ok: true }, { headers })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const { services, clientIp } = context
		noteRefusal(services, { kind: 'step_up', clientIp, userId: member.userId }, error)
		const status = error.kind === 'rate_limited' ? 429 : 400
		return data<StepUpAnswer>({ ok: false, message: error.message }, { status })
	}
}
