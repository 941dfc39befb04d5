import { listEvents } from '#app/api/lists.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ GET: listEvents })
