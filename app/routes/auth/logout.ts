import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { logOut } from '#app/http/log-in.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'

export const loader = () => redirect('/')

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	return redirect('/login', { headers: await logOut(request, context) })
}
