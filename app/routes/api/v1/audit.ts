import { listAudit } from '#app/api/audit.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(listAudit)
export const action = onPost()
