import { stripeWebhook } from '#app/api/stripe-webhook.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ POST: stripeWebhook })
