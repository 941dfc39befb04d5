import { confirmCheckout } from '#app/api/checkout.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ POST: confirmCheckout })
