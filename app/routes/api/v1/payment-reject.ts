import { rejectPayment } from '#app/api/operations.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ POST: rejectPayment })
