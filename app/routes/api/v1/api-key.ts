import { changeKey, revokeKey } from '#app/api/api-keys.server.ts'
import { onGet, onMethods } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onMethods({ PATCH: changeKey, DELETE: revokeKey })
