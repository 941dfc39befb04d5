import { useEffect } from 'react'
import { useLocation, type ClientLoaderFunctionArgs } from '@remix-run/react'

/**
 * Keeps the page when reading it again fails for want of a connection: what was last read stays on screen, and
 * the live indicator says that it may be old. A first read that fails still shows the error page.
 */
export function createLastGood<T>() {
	let last: { place: string; view: T } | undefined

	return {
		async load({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<T> {
			const url = new URL(request.url)
			try {
				return (await serverLoader<T>()) as T
			} catch (error) {
				// fetch throws a TypeError when no answer came; answers, redirects included, are something else.
				if (error instanceof TypeError && last?.place === url.pathname + url.search) return last.view
				throw error
			}
		},
		useRemember(view: T) {
			const { pathname, search } = useLocation()
			useEffect(() => {
				last = { place: pathname + search, view }
			}, [pathname, search, view])
		},
	}
}
