import { resumePoint, streamChanges } from '../feed/stream-changes.server.ts'
import { currentMember } from '../http/console-session.server.ts'
import { eventStream } from '../http/event-stream.server.ts'
import { requireSecretKey } from '../http/api-key.server.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { findCheckout, forShopper } from '../presenters/checkout.server.ts'
import type { Payment } from '../contracts/payments.ts'
import { handler } from './handler.server.ts'

/** GET /console/stream: every change of the merchant's payments and refunds, for a person who is logged in. */
export const consoleStream = handler(async (request, context) => {
	const member = await currentMember(request, context)
	if (!member) throw new DomainError('unauthenticated', 'log_in_required', 'Log in to follow payments.')
	const after = resumePoint(request)
	return eventStream(context.clientGone, (send) =>
		streamChanges(context.services, { merchantId: member.merchantId }, after, send),
	)
})

/** GET /api/v1/stream: the same for machines. */
export const apiStream = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	const after = resumePoint(request)
	return eventStream(context.clientGone, (send) =>
		streamChanges(context.services, { merchantId }, after, send),
	)
})

/** GET /checkout/:sessionId/stream: the shopper's own order; how it was scored is left out. */
export const checkoutStream = handler(async (request, context, { sessionId = '' }) => {
	await findCheckout(context.services, sessionId)
	const after = resumePoint(request)
	return eventStream(context.clientGone, (send) =>
		streamChanges(context.services, { checkoutSessionId: sessionId }, after, (event) => {
			if (event.event === 'refund') return
			if (event.event !== 'payment') return send(event)
			send({ ...event, data: JSON.stringify(forShopper(JSON.parse(event.data) as Payment)) })
		}),
	)
})
