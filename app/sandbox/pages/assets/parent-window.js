// @ts-check

/**
 * The line to the page that frames the card: only its origin is spoken to and only it is obeyed.
 * @param {string} origin
 * @param {(message: { type: string, requestId?: string, billing?: { name?: string, email?: string, country?: string } }) => void} obey
 */
export function parentWindow(origin, obey) {
	window.addEventListener('message', (event) => {
		if (event.origin !== origin || event.source !== window.parent) return
		if (event.data?.source === 'tillhouse' && typeof event.data.type === 'string') obey(event.data)
	})
	/** @param {{ type: string, [detail: string]: unknown }} message */
	return (message) => window.parent.postMessage({ source: 'tillhouse-sandbox', ...message }, origin)
}
