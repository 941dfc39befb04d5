import type { RequestContext } from '../compose.server.ts'
import { confirmEmail } from '../commands/people/confirm-email.server.ts'
import { forgotPassword, resetPassword } from '../commands/people/reset-password.server.ts'
import { resendVerification, signUp } from '../commands/people/sign-up.server.ts'
import { AskForMail, ResetPassword, SignUp, VerifyEmail } from '../contracts/people.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { readJson } from '../http/read-json.server.ts'
import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

/** Said whether a mail was sent or not. */
const MAIL_ON_ITS_WAY = 202

/** POST /api/v1/auth/signup: the account is made when the link in the mail is opened. */
export const signUpByApi = publicOperation('POST /auth/signup', async ({ request, context }) => {
	const { services, clientIp } = context
	await services.peopleLimits.count('sign_up', clientIp)
	const asked = SignUp.parse((await readJson(request)).value)
	await signUp(services.acrossMerchants, asked)
	return json({ object: 'sign_up', email: asked.email, status: 'verification_sent' }, MAIL_ON_ITS_WAY)
})

const fromWithinAPage = (): DomainError =>
	new DomainError('forbidden', 'method_not_safe', 'Nothing was changed. From a page, send this by POST.')

async function verifyEmail({ services, clientIp }: RequestContext, given: unknown): Promise<Response> {
	await services.peopleLimits.count('open_link', clientIp)
	const { token } = VerifyEmail.parse(given)
	const { email } = await confirmEmail(services.acrossMerchants, token)
	return json({ object: 'email_verification', email, verified: true })
}

/** POST /api/v1/auth/verify-email */
export const verifyEmailByApi = publicOperation('POST /auth/verify-email', async ({ request, context }) =>
	verifyEmail(context, (await readJson(request)).value),
)

/**
 * GET /api/v1/auth/verify-email?token=, the same for programs. A GET changes nothing for a browser: what one opens is led
 * to the page that asks first, and what a page loads is refused.
 */
export const verifyEmailByLink = publicOperation('GET /auth/verify-email', async ({ request, context }) => {
	const query = new URL(request.url).searchParams
	// Browsers name the site of every request; programs have none.
	if (request.headers.has('sec-fetch-site')) {
		if (request.headers.get('sec-fetch-dest') !== 'document') throw fromWithinAPage()
		return new Response(null, { status: 303, headers: { location: `/verify-email?${query}` } })
	}
	return verifyEmail(context, Object.fromEntries(query))
})

/** POST /api/v1/auth/resend-verification */
export const resendByApi = publicOperation(
	'POST /auth/resend-verification',
	async ({ request, context: { services, clientIp } }) => {
		await services.peopleLimits.count('ask', clientIp)
		const { email } = AskForMail.parse((await readJson(request)).value)
		await resendVerification(services.acrossMerchants, { email })
		return json({ object: 'mail_request', email }, MAIL_ON_ITS_WAY)
	},
)

/** POST /api/v1/auth/forgot-password */
export const forgotByApi = publicOperation(
	'POST /auth/forgot-password',
	async ({ request, context: { services, clientIp } }) => {
		await services.peopleLimits.count('ask', clientIp)
		const { email } = AskForMail.parse((await readJson(request)).value)
		await forgotPassword(services.acrossMerchants, { email })
		return json({ object: 'mail_request', email }, MAIL_ON_ITS_WAY)
	},
)

/** POST /api/v1/auth/reset-password */
export const resetByApi = publicOperation(
	'POST /auth/reset-password',
	async ({ request, context: { services, clientIp } }) => {
		await services.peopleLimits.count('open_link', clientIp)
		await resetPassword(services.acrossMerchants, ResetPassword.parse((await readJson(request)).value))
		return json({ object: 'password_reset', changed: true })
	},
)
