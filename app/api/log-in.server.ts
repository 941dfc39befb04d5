import { checkCode } from '../commands/factors/check-code.server.ts'
import { openTokens } from '../commands/tokens/open-tokens.server.ts'
import type { Services } from '../compose.server.ts'
import { LogIn } from '../contracts/people.ts'
import type { Proof } from '../domain/access/second-factor.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { checkCredentials } from '../http/check-credentials.server.ts'
import { noteRefusal } from '../http/note-refusal.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { waysOf } from '../http/step-up.server.ts'
import { presentMe } from '../presenters/profile.server.ts'
import { presentTokens } from '../presenters/tokens.server.ts'
import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

type Person = { userId: string; merchantId: string }

/** Only whoever gave the right password learns that there is a second factor, as at the page. */
async function proofOf(
	services: Services,
	ways: { code: boolean },
	person: Person,
	code: string | undefined,
): Promise<Proof> {
	if (!ways.code) return 'password'
	if (code !== undefined) return checkCode(services, { ...person, door: 'api' }, code)
	throw new DomainError(
		'forbidden',
		'second_factor_required',
		'Send `code` as well: of your authenticator app, or a backup code.',
		{ param: 'code' },
	)
}

/** POST /api/v1/auth/login: judged as the log-in page judges, and counted together with it. */
export const logInByApi = publicOperation('POST /auth/login', async ({ request, context }) => {
	const { clientIp } = context
	const services = context.services.acrossMerchants
	const { code, livemode, ...credentials } = LogIn.parse((await readJson(request)).value)
	const person = await checkCredentials(services, { ...credentials, clientIp })
	const { userId } = person
	const proof = await proofOf(services, await waysOf(context, userId), person, code).catch(
		(error: unknown) => {
			noteRefusal(services, { kind: 'second_factor', clientIp, userId }, error)
			throw error
		},
	)
	const user = await presentMe(services, userId)
	const tokens = await openTokens(services, { ...person, livemode, proof })
	return json({ ...presentTokens(tokens), object: 'login', user })
})
