import { redirect } from '@remix-run/node'

/** The address under which others keep their queue board. */
export const loader = () => redirect('/console/queues')
