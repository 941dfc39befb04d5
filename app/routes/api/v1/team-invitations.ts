import { onGet, onPost } from '#app/api/door.server.ts'
import { createInvitation, listInvitations } from '#app/api/team.server.ts'

export const loader = onGet(listInvitations)
export const action = onPost(createInvitation)
