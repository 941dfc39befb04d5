import { resumePoint, streamChanges } from '../feed/stream-changes.server.ts'
import { CONSOLE_PAGES } from '../domain/access/console-pages.ts'
import { may } from '../domain/access/grant.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { currentMember, requireMay } from '../http/console-session.server.ts'
import { eventStream } from '../http/event-stream.server.ts'
import { forShopper } from '../presenters/checkout.server.ts'
import type { Payment } from '../contracts/payments.ts'
import { checkoutOperation } from './checkout-operation.server.ts'
import { handler } from './handler.server.ts'
import { operation } from './operation.server.ts'

const TO_WATCH = CONSOLE_PAGES['/console/stream'].read

/** A page that shows one world never hears of another, wherever its log-in has moved to since. */
function requireShown(request: Request, merchantId: string): void {
	const shown = new URL(request.url).searchParams.get('merchant')
	if (shown === null || shown === merchantId) return
	throw new DomainError(
		'conflict',
		'stands_elsewhere',
		'This log-in has gone on elsewhere. Load the page again.',
	)
}

/** GET /console/stream: every change of the merchant's payments and refunds, for a person who is logged in. */
export const consoleStream = handler(async (request, context) => {
	const member = await currentMember(request, context)
	if (!member) throw new DomainError('unauthenticated', 'log_in_required', 'Log in to follow payments.')
	requireMay(member, TO_WATCH)
	const { merchantId, livemode } = member
	requireShown(request, merchantId)
	const services = context.services.forMerchant(merchantId, livemode)
	const after = resumePoint(request)
	const mayListen = async () => {
		const now = await currentMember(request, context, { isSeen: false })
		return now?.merchantId === merchantId && may(now.grant, TO_WATCH)
	}
	return eventStream({ clientGone: context.clientGone, mayListen }, (send) =>
		streamChanges(services, { merchantId }, after, send),
	)
})

/** GET /api/v1/stream: the same for machines. */
export const apiStream = operation('GET /stream', async ({ caller, request, context, mayStill }) => {
	const { merchantId } = caller
	const after = resumePoint(request)
	return eventStream({ clientGone: context.clientGone, mayListen: mayStill }, (send) =>
		streamChanges(context.services, { merchantId }, after, send),
	)
})

/** GET /checkout/:sessionId/stream: the shopper's own order; how it was scored is left out. */
export const checkoutStream = checkoutOperation(async ({ request, context, sessionId }) => {
	const after = resumePoint(request)
	// The order's id is all it takes, and nobody can take it back.
	const mayListen = () => Promise.resolve(true)
	return eventStream({ clientGone: context.clientGone, mayListen }, (send) =>
		streamChanges(context.services, { checkoutSessionId: sessionId }, after, (event) => {
			if (event.event === 'refund') return
			if (event.event !== 'payment') return send(event)
			send({ ...event, data: JSON.stringify(forShopper(JSON.parse(event.data) as Payment)) })
		}),
	)
})
