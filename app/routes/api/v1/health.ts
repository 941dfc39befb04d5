import { health } from '#app/api/health.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ GET: health })
