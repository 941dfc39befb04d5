import { onGet, onMethods } from '#app/api/door.server.ts'
import { deleteInvitation } from '#app/api/team.server.ts'

export const loader = onGet()
export const action = onMethods({ DELETE: deleteInvitation })
