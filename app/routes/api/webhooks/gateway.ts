import { gatewayWebhook } from '#app/api/gateway-webhook.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(gatewayWebhook)
