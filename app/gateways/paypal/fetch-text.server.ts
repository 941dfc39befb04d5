export type Fetch = typeof globalThis.fetch

const MOST_BYTES = 64 * 1024
const MOST_MS = 5_000

/** Reads a small text and stops at 64 kB, so that an endless answer costs neither memory nor time. Follows nothing. */
export async function fetchText(fetch: Fetch, url: string): Promise<string> {
	const response = await fetch(url, {
		redirect: 'error',
		credentials: 'omit',
		signal: AbortSignal.timeout(MOST_MS),
	})
	if (response.status !== 200) {
		await response.body?.cancel()
		throw new Error(`${url} answered ${response.status}`)
	}
	const chunks: Uint8Array[] = []
	let size = 0
	const body = response.body as unknown as AsyncIterable<Uint8Array> | null
	for await (const chunk of body ?? []) {
		size += chunk.byteLength
		// Leaving the loop ends the download.
		if (size > MOST_BYTES) throw new Error(`${url} is larger than ${MOST_BYTES} bytes`)
		chunks.push(chunk)
	}
	return Buffer.concat(chunks).toString('utf8')
}
