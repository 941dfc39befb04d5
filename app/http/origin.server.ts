/**
 * Refuses requests that another site's page makes with our visitor's cookies. Browsers state where a request
 * comes from in headers a page cannot set; a request that states nothing is refused as well.
 */
export function requireSameOrigin(request: Request): void {
	const site = request.headers.get('sec-fetch-site')
	const origin = request.headers.get('origin')
	const isOurs =
		site === null
			? origin !== null && URL.canParse(origin) && new URL(origin).host === request.headers.get('host')
			: site === 'same-origin' || site === 'none'
	if (isOurs) return
	const message = 'This request came from another site.'
	// A Response: pages show it as their 403, the API as its envelope.
	throw Response.json(
		{ error: { type: 'permission_error', code: 'cross_site_request', message } },
		{ status: 403 },
	)
}
