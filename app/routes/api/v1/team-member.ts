import { onGet, onMethods } from '#app/api/door.server.ts'
import { changeMember, deleteMember } from '#app/api/team.server.ts'

export const loader = onGet()
export const action = onMethods({ PATCH: changeMember, DELETE: deleteMember })
