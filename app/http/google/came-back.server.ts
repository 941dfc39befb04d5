import type { Kysely } from 'kysely'
import { findIdentityOwner, noteIdentityUse } from '#db/queries/identities.ts'
import { findFirstMembership } from '#db/queries/identity.ts'
import { findPersonByEmail } from '#db/queries/people.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { GoogleEnding } from '../../domain/people/google-words.ts'
import { currentMember } from '../console-session.server.ts'
import { deviceOf } from '../device.server.ts'
import { openOrAskMore } from '../log-in.server.ts'
import { noteRefusal, type NotingDeps } from '../note-refusal.server.ts'
import { safeNext } from '../safe-next.server.ts'
import { finishStepUp } from '../step-up.server.ts'
import { returnFrom, type GoogleContext, type Returned } from './google-journey.server.ts'
import { keepIdentity } from './pending-identity.server.ts'

type Context = GoogleContext & {
	services: NotingDeps & {
		acrossMerchants: { db: Kysely<DB> } & Parameters<typeof openOrAskMore>[1]['acrossMerchants']
	}
}
type Arrived = Extract<Returned, { ok: true }>
type Arrival = { location: string; headers: Headers }

const SECURITY_PAGE = '/console/profile/security'

/** Where each journey began, which is where its end is told. */
const homeOf = (intent: 'log_in' | 'link' | 'step_up' | undefined): string =>
	intent === 'link' || intent === 'step_up' ? SECURITY_PAGE : '/login'

const ended = (
	{ journey, headers }: Pick<Returned, 'journey' | 'headers'>,
	ending: GoogleEnding,
): Arrival => ({
	location: `${homeOf(journey?.intent)}?note=${ending}`,
	headers,
})

const withCookies = (headers: Headers, more: Headers): Headers => {
	for (const cookie of more.getSetCookie()) headers.append('set-cookie', cookie)
	return headers
}

async function logIn(request: Request, { services, clientIp }: Context, arrived: Arrived): Promise<Arrival> {
	const { journey, headers, identity } = arrived
	const { db } = services.acrossMerchants
	const userId = await findIdentityOwner(db, identity)
	if (userId === null) return meet(services, arrived)
	const merchantId = await findFirstMembership(db, userId)
	if (merchantId === null) return ended(arrived, 'google_no_team')
	await noteIdentityUse(db, identity)
	const person = { userId, merchantId, device: deviceOf(request, clientIp) }
	const opened = await openOrAskMore(request, services, person, safeNext(journey.next), 'google')
	return { location: opened.next, headers: withCookies(headers, opened.headers) }
}

/** Nobody this Google account opens anything for yet: they begin an account, or sign in to theirs and then link. */
async function meet(services: Context['services'], arrived: Arrived): Promise<Arrival> {
	const { headers, identity } = arrived
	if (!identity.emailVerified) return ended(arrived, 'google_unproven')
	const known = await findPersonByEmail(services.acrossMerchants.db, identity.email)
	headers.append('set-cookie', await keepIdentity(services, identity, known?.id ?? null))
	if (!known) return { location: '/signup/google', headers }
	return { location: `/login?note=google_known&next=${encodeURIComponent(SECURITY_PAGE)}`, headers }
}

async function link(request: Request, context: Context, arrived: Arrived): Promise<Arrival> {
	const { journey, headers, identity } = arrived
	const { services } = context
	const member = await currentMember(request, context)
	if (!member || member.userId !== journey.userId) return ended(arrived, 'google_expired')
	if (!identity.emailVerified) return ended(arrived, 'google_unproven')
	if ((await findIdentityOwner(services.acrossMerchants.db, identity)) !== null)
		return ended(arrived, 'google_taken')
	headers.append('set-cookie', await keepIdentity(services, identity, member.userId))
	return { location: SECURITY_PAGE, headers }
}

async function stepUp(request: Request, context: Context, arrived: Arrived): Promise<Arrival> {
	const { journey, headers, identity } = arrived
	const member = await currentMember(request, context)
	if (!member || member.userId !== journey.userId) return ended(arrived, 'google_expired')
	const owner = await findIdentityOwner(context.services.acrossMerchants.db, identity)
	if (owner !== member.userId) return ended(arrived, 'google_stranger')
	const renewed = await finishStepUp(request, context, member, 'google')
	if (!renewed) return ended(arrived, 'google_expired')
	return { location: safeNext(journey.next), headers: withCookies(headers, renewed) }
}

const ARRIVALS = { log_in: logIn, link, step_up: stepUp }

/** What becomes of somebody who came back from Google: where they go, and what their browser is to keep. */
export async function cameBack(request: Request, context: Context): Promise<Arrival> {
	const returned = await returnFrom(request, context)
	if (returned.ok) return ARRIVALS[returned.journey.intent](request, context, returned)
	const { services, clientIp } = context
	const tried = { kind: 'google' as const, clientIp, userId: returned.journey?.userId ?? null }
	if (returned.ending !== 'google_cancelled')
		noteRefusal(services, tried, new DomainError('unauthenticated', returned.ending, 'refused'))
	return ended(returned, returned.ending)
}
