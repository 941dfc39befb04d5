import { readReconciliation, startReconciliation } from '#app/api/reconciliation.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(readReconciliation)
export const action = onPost(startReconciliation)
