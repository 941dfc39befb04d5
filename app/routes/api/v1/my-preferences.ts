import { onGet, onMethods } from '#app/api/door.server.ts'
import { changeMyPreferences } from '#app/api/me.server.ts'

export const loader = onGet()
export const action = onMethods({ PATCH: changeMyPreferences })
