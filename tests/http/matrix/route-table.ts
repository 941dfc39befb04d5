import { routes } from '../../../remix.config.js'

export type Route = { path: string; file: string }

type Define = (path: string, file: string, ...rest: unknown[]) => void

/** Every route of remix.config.js by its whole path; a layout comes before the pages inside it. */
export function routeTable(): Route[] {
	const found: Route[] = []
	let base = ''
	const define: Define = (path, file, ...rest) => {
		const whole = path.startsWith('/') ? path : `${base}/${path}`.replace(/\/$/, '')
		found.push({ path: whole, file })
		const children = rest.find((argument): argument is () => void => typeof argument === 'function')
		if (!children) return
		const outer = base
		base = whole
		children()
		base = outer
	}
	routes((run: (route: Define) => void) => {
		run(define)
		return {}
	})
	return found
}

const V1 = '/api/v1'

/** Paths of the API as the permission table writes them. */
export const apiPaths = (): string[] =>
	routeTable().flatMap(({ path }) => (path.startsWith(`${V1}/`) ? [path.slice(V1.length)] : []))

/** Addresses of the API outside /api, each an alias. */
const ROOT_ALIASES: ReadonlySet<string> = new Set(['/health', '/stream', '/status', '/retry/:id'])

const isPage = (path: string): boolean => !path.startsWith('/api/') && !ROOT_ALIASES.has(path)

/** Everything that is no API: pages, and what their scripts ask for. */
export const pageRoutes = (): Route[] => routeTable().filter(({ path }) => isPage(path))
