import { onGet, onPost } from '#app/api/door.server.ts'
import { logOutEverywhere } from '#app/api/me.server.ts'

export const loader = onGet()
export const action = onPost(logOutEverywhere)
