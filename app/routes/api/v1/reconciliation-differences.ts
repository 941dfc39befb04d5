import { listDifferences } from '#app/api/reconciliation.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(listDifferences)
export const action = onPost()
