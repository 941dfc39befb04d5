/** An order's pages show who pays, and links by mail carry a secret: they ask for no log-in. */
const OF_SOMEBODY = /^\/(checkout|invitation|verify-email|reset-password|dev)\b/

/** What is somebody's must not be kept by anything on the way, nor by the browser. */
export function keepPrivate(request: Request, headers: Headers): void {
	if (headers.has('cache-control')) return
	if (request.headers.has('cookie') || OF_SOMEBODY.test(new URL(request.url).pathname))
		headers.set('cache-control', 'no-store')
}
