import Stripe from 'stripe'
import type { Books } from '../books/books.ts'
import type { Event, WebhookEndpoint } from '../books/service-shapes.ts'
import type { Post } from '../webhooks/post.ts'

const FORGED_SECRET = 'whsec_forged'
const RETRY_AFTER = [300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200]

export function stripePost(books: Books, fixed: WebhookEndpoint | undefined): Post<Event, WebhookEndpoint> {
	return {
		events: () => books.events.all(),
		keep: (event) => void books.events.put(event),
		audience(type) {
			const endpoints = books.endpoints.all()
			if (fixed) endpoints.push(fixed)
			return endpoints.filter(({ enabled_events }) =>
				enabled_events.some((name) => name === '*' || name === type),
			)
		},
		seal(event, endpoint, forged) {
			const body = JSON.stringify(forged ? { ...event, id: `${event.id}forged` } : event)
			const secret = forged ? FORGED_SECRET : endpoint.secret
			const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret })
			return {
				body,
				headers: {
					'Stripe-Signature': signature,
					'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
				},
			}
		},
		retryAfter: RETRY_AFTER,
	}
}
