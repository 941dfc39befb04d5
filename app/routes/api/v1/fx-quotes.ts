import { onGet, onPost } from '#app/api/door.server.ts'
import { createQuote } from '#app/api/fx.server.ts'

export const loader = onGet()
export const action = onPost(createQuote)
