import { onGet, onPost } from '#app/api/door.server.ts'
import { quoteCheckout } from '#app/api/fx.server.ts'

export const loader = onGet()
export const action = onPost(quoteCheckout)
