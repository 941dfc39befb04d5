import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { cameBack } from '#app/http/google/came-back.server.ts'

/** Where Google sends the browser back to. What is written here is only ever about whoever set out in this browser. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	const { location, headers } = await cameBack(request, context)
	headers.set('cache-control', 'no-store')
	return redirect(location, { headers })
}
