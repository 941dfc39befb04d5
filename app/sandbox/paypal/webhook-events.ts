import type { PayPalEvent } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Handler, Routes } from './call.ts'
import { missing, PayPalError } from './errors.ts'

const LARGEST_PAGE = 300

function eventNamed({ books }: Desk, id: string): PayPalEvent {
	const found = books.paypalEvents.get(id)
	if (!found) throw missing(id)
	return found
}

function instant({ query }: Call, name: string, fallback: number): number {
	const value = query.get(name)
	const at = value === null ? fallback : Date.parse(value) / 1000
	if (!Number.isNaN(at)) return at
	throw new PayPalError('INVALID_REQUEST', [
		{
			issue: 'INVALID_PARAMETER_SYNTAX',
			description: 'The value of a field does not conform to the expected format.',
			field: name,
			location: 'query',
		},
	])
}

/** Newest first, for whoever missed some: what was sent, whether it arrived or not. */
const index: Handler = (desk, call) => {
	const from = instant(call, 'start_time', 0)
	const to = instant(call, 'end_time', Infinity)
	const type = call.query.get('event_type')
	const size = Math.min(Number(call.query.get('page_size') ?? 10) || 10, LARGEST_PAGE)
	const found = desk.books.paypalEvents
		.all()
		.filter((event) => event.created >= Math.floor(from) && event.created <= to)
		.filter((event) => type === null || event.type === type)
	return {
		status: 200,
		body: {
			events: found
				.reverse()
				.slice(0, size)
				.map(({ body }) => body),
			count: found.length,
		},
	}
}

const resend: Handler = (desk, call) => {
	const event = eventNamed(desk, call.id)
	desk.paypalOutbox.deliver(event)
	return { status: 202, body: event.body }
}

export const webhookEventRoutes: Routes = {
	'GET /v1/notifications/webhooks-events': index,
	'GET /v1/notifications/webhooks-events/:id': (desk, call) => ({
		status: 200,
		body: eventNamed(desk, call.id).body,
	}),
	'POST /v1/notifications/webhooks-events/:id/resend': resend,
}
