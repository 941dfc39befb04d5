import { unknownPath } from '#app/api/unknown-path.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ GET: unknownPath, POST: unknownPath })
