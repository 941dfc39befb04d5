import { onGet, onPost } from '#app/api/door.server.ts'
import { findPayer } from '#app/api/privacy.server.ts'

export const loader = onGet()
export const action = onPost(findPayer)
