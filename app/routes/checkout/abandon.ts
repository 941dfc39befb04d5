import { abandonTry } from '#app/api/checkout.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(abandonTry)
