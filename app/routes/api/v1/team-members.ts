import { onGet, onPost } from '#app/api/door.server.ts'
import { listMembers } from '#app/api/team.server.ts'

export const loader = onGet(listMembers)
export const action = onPost()
