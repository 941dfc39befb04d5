import { apiStream } from '#app/api/streams.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ GET: apiStream })
