import { onGet, onMethods } from '#app/api/door.server.ts'
import { changeMe, readMe } from '#app/api/me.server.ts'

export const loader = onGet(readMe)
export const action = onMethods({ PATCH: changeMe })
