import { onGet, onPost } from '#app/api/door.server.ts'
import { listRoles, postRole } from '#app/api/team.server.ts'

export const loader = onGet(listRoles)
export const action = onPost(postRole)
