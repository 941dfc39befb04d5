// @ts-check

/** @typedef {{ name?: string, email?: string, country?: string }} Billing */

/**
 * What a parent may say; README.md, “The frames”, tells which frame hears what.
 * @typedef {object} ParentMessage
 * @property {string} type
 * @property {string} [requestId]
 * @property {Billing} [billing]
 * @property {boolean} [alternates]
 * @property {boolean} [mandateAccepted]
 * @property {string} [total]
 * @property {string} [merchant]
 * @property {boolean} [disabled]
 * @property {string} [outcome]
 * @property {string} [message]
 */

/**
 * The line to the page that frames this one: only its origin is spoken to and only it is obeyed.
 * @param {string} origin
 * @param {(message: ParentMessage) => void} obey
 */
export function parentWindow(origin, obey) {
	window.addEventListener('message', (event) => {
		if (event.origin !== origin || event.source !== window.parent) return
		if (event.data?.source === 'tillhouse' && typeof event.data.type === 'string') obey(event.data)
	})
	/** @param {{ type: string, [detail: string]: unknown }} message */
	return (message) => window.parent.postMessage({ source: 'tillhouse-sandbox', ...message }, origin)
}

/**
 * Tells the parent how tall the page is, now and whenever that changes.
 * @param {(message: { type: string, height: number }) => void} tell
 */
export function tellHeight(tell) {
	new ResizeObserver(() => {
		tell({ type: 'resize', height: Math.ceil(document.documentElement.getBoundingClientRect().height) })
	}).observe(document.documentElement)
}
