import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { addPasskey } from '#app/commands/factors/add-passkey.server.ts'
import { beginTotp } from '#app/commands/factors/begin-totp.server.ts'
import { confirmTotp } from '#app/commands/factors/confirm-totp.server.ts'
import { removeFactor } from '#app/commands/factors/remove-factor.server.ts'
import { namePasskey } from '#app/commands/factors/rename-passkey.server.ts'
import { renewBackupCodes } from '#app/commands/factors/renew-backup-codes.server.ts'
import { linkIdentity } from '#app/commands/people/link-identity.server.ts'
import { unlinkIdentity } from '#app/commands/people/unlink-identity.server.ts'
import { readAttestation } from '#app/contracts/factors.ts'
import { DomainError, isDomainError } from '#app/domain/errors/domain-error.ts'
import { googleWords } from '#app/domain/people/google-words.ts'
import { requireMember, type Member } from '#app/http/console-session.server.ts'
import { beginJourney } from '#app/http/google/google-journey.server.ts'
import { identityHashOf, pendingIdentityOf } from '#app/http/google/pending-identity.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp, sessionHashOf } from '#app/http/step-up.server.ts'
import { presentSecurity } from '#app/presenters/security.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import type { SecurityDone, SecurityRefused } from '#app/ui/factors/security-command.ts'
import { SecurityPage } from '#app/ui/factors/security-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Signing in · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
	const member = await requireMember(request, context, null)
	const { services } = context
	const pending = await pendingIdentityOf(request, services)
	const problem = googleWords(new URL(request.url).searchParams.get('note'))
	return { view: await presentSecurity(services.acrossMerchants, member, pending), problem }
}

const PAGE = '/console/profile/security'

type Change = {
	/** A person's factors and sessions belong to them, not to one of their teams. */
	services: ActionFunctionArgs['context']['services']['acrossMerchants']
	member: Member
	session: Buffer
	form: FormData
	/** Of the account that came back from Google, as this browser's cookie names it. */
	pendingHash: Buffer | null
}
type Done = Omit<SecurityDone, 'ok'>

const text = (form: FormData, name: string): string => String(form.get(name) ?? '')
const withCodes = (message: string, codes: string[] | null): Done =>
	codes ? { message, codes } : { message }

/** Everything this page can change; each wants a fresh proof of who it is first. */
const CHANGES: Record<string, (change: Change) => Promise<Done>> = {
	'link-google': async ({ services, member: { userId }, session, pendingHash }) => {
		if (!pendingHash) throw new DomainError('conflict', 'identity_gone', 'This took too long. Start again.')
		await linkIdentity(services, { userId, session, pendingHash })
		return { message: 'Google is linked. You can sign in with it from now on.' }
	},
	'unlink-google': async ({ services, member: { userId }, session }) => {
		await unlinkIdentity(services, { userId, session })
		return { message: 'Google is unlinked. It opens nothing any more.' }
	},
	'begin-totp': async ({ services, member }) => ({ message: '', offer: await beginTotp(services, member) }),
	'confirm-totp': async ({ services, member, session, form }) =>
		withCodes(
			'Your authenticator app is on.',
			await confirmTotp(services, { ...member, session, code: text(form, 'code') }),
		),
	'remove-totp': async ({ services, member, session }) => {
		await removeFactor(services, { ...member, session, factor: { kind: 'totp' } })
		return { message: 'Your authenticator app is off.' }
	},
	'add-passkey': async ({ services, member, session, form }) => {
		const response = readAttestation(form.get('response'))
		if (!response) throw new DomainError('invalid', 'passkey_refused', 'Nothing came from the authenticator.')
		const name = text(form, 'name') || 'Passkey'
		return withCodes(
			'The passkey is saved.',
			await addPasskey(services, { ...member, session, response, name }),
		)
	},
	'rename-passkey': async ({ services, member, form }) => {
		const { userId } = member
		await namePasskey(services, { userId, id: text(form, 'passkey'), name: text(form, 'name') })
		return { message: 'The name is saved.' }
	},
	'remove-passkey': async ({ services, member, session, form }) => {
		const factor = { kind: 'passkey' as const, id: text(form, 'passkey') }
		await removeFactor(services, { ...member, session, factor })
		return { message: 'The passkey is removed.' }
	},
	'renew-codes': async ({ services, member }) =>
		withCodes('Ten new codes. The old ones do not work any more.', await renewBackupCodes(services, member)),
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, null)
	const form = await request.formData()
	const asked = await requireStepUp(request, context, member)
	if (asked) return asked
	const session = await sessionHashOf(request, context)
	const pendingHash = await identityHashOf(request, context.services)
	const change = { services: context.services.acrossMerchants, member, session, form, pendingHash }
	const intent = text(form, 'intent')
	if (intent === 'begin-google') {
		const { userId } = member
		const begun = await beginJourney(context, { intent: 'link', next: PAGE, userId })
		return begun.ok ? redirect(begun.location, begun) : redirect(`${PAGE}?note=${begun.ending}`)
	}
	try {
		const carryOut = Object.hasOwn(CHANGES, intent) ? CHANGES[intent] : undefined
		if (!carryOut) throw new DomainError('invalid', 'parameter_invalid', 'The form was not complete.')
		return data<SecurityDone>(
			{ ok: true, ...(await carryOut(change)) },
			{ headers: { 'cache-control': 'no-store' } },
		)
	} catch (error) {
		if (!isDomainError(error)) throw error
		const status = error.kind === 'rate_limited' ? 429 : 400
		return data<SecurityRefused>(
			{ ok: false, message: error.message, field: error.param ?? null },
			{ status },
		)
	}
}

export default function Security() {
	const { view, problem } = useLoaderData<typeof loader>()
	return <SecurityPage view={view} problem={problem} />
}

export const ErrorBoundary = () => <ConsoleError />
