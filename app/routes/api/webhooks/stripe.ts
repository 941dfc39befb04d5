import { stripeWebhook } from '#app/api/stripe-webhook.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(stripeWebhook)
