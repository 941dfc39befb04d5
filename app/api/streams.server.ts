import { resumePoint, streamChanges } from '../feed/stream-changes.server.ts'
import { CONSOLE_PAGES } from '../domain/access/console-pages.ts'
import { may } from '../domain/access/grant.ts'
import { currentMember, refuseMember } from '../http/console-session.server.ts'
import { eventStream } from '../http/event-stream.server.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { forShopper } from '../presenters/checkout.server.ts'
import type { Payment } from '../contracts/payments.ts'
import { checkoutOperation } from './checkout-operation.server.ts'
import { handler } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** GET /console/stream: every change of the merchant's payments and refunds, for a person who is logged in. */
export const consoleStream = handler(async (request, context) => {
	const member = await currentMember(request, context)
	if (!member) throw new DomainError('unauthenticated', 'log_in_required', 'Log in to follow payments.')
	const permission = CONSOLE_PAGES['/console/stream'].read
	if (!may(member.grant, permission)) refuseMember(permission)
	const { merchantId } = member
	const services = context.services.forMerchant(merchantId)
	const after = resumePoint(request)
	return eventStream(context.clientGone, (send) => streamChanges(services, { merchantId }, after, send))
})

/** GET /api/v1/stream: the same for machines. */
export const apiStream = operation('GET /stream', async ({ caller, request, context }) => {
	const { merchantId } = caller
	const after = resumePoint(request)
	return eventStream(context.clientGone, (send) =>
		streamChanges(context.services, { merchantId }, after, send),
	)
})

/** GET /checkout/:sessionId/stream: the shopper's own order; how it was scored is left out. */
export const checkoutStream = checkoutOperation(async ({ request, context, sessionId }) => {
	const after = resumePoint(request)
	return eventStream(context.clientGone, (send) =>
		streamChanges(context.services, { checkoutSessionId: sessionId }, after, (event) => {
			if (event.event === 'refund') return
			if (event.event !== 'payment') return send(event)
			send({ ...event, data: JSON.stringify(forShopper(JSON.parse(event.data) as Payment)) })
		}),
	)
})
