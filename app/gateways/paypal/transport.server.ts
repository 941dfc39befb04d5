export type Call = {
	method: string
	/** With its query, as PayPal's reference names it. */
	path: string
	headers: Readonly<Record<string, string>>
	body?: string | FormData | undefined
}

export type Answer = { status: number; headers: Record<string, string>; body: string }

/** The one way out to PayPal. Throws when no whole answer came within the time. */
export type Transport = (call: Call) => Promise<Answer>

export type TransportSettings = {
	/** PayPal's API, or what stands in for it; may have a path of its own. */
	base: string
	/** Above the slowest answer worth waiting for; past it the outcome is unknown and PayPal is asked later. */
	timeoutMs: number
}

/** A redirect is handed back as it came: nothing of ours, and no key of ours, follows it elsewhere. */
export function createTransport({ base, timeoutMs }: TransportSettings): Transport {
	return async ({ method, path, headers, body }) => {
		const response = await fetch(base + path, {
			method,
			headers,
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
			...(body !== undefined && { body }),
		})
		return {
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: await response.text(),
		}
	}
}
