import { onGet, onMethods } from '#app/api/door.server.ts'
import { patchRole, removeRole } from '#app/api/team.server.ts'

export const loader = onGet()
export const action = onMethods({ PATCH: patchRole, DELETE: removeRole })
