import type { RateTable } from '../../domain/fx/rate-table.ts'
import { readRates, UnreadableRates } from './read-rates.server.ts'

const TIMEOUT_MS = 5_000
/** The file has some 2 kB. */
const MOST_BYTES = 262_144
const MOST_HOPS = 3

/** Follows a redirect only where it stays on the same host and scheme. */
async function get(url: URL, signal: AbortSignal, hops = MOST_HOPS): Promise<Response> {
	const response = await fetch(url, {
		signal,
		redirect: 'manual',
		headers: { accept: 'application/xml, text/xml', 'user-agent': 'Tillhouse' },
	})
	if (response.status < 300 || response.status >= 400) return response
	await response.body?.cancel()
	const next = new URL(response.headers.get('location') ?? '', url)
	if (next.origin !== url.origin) throw new UnreadableRates(`it sends us on to ${next.host}`)
	if (hops === 0) throw new UnreadableRates('it sends us on without end')
	return get(next, signal, hops - 1)
}

async function textOf(response: Response): Promise<string> {
	const reader = response.body?.getReader()
	const chunks: Uint8Array[] = []
	let size = 0
	for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
		size += part.value.byteLength
		chunks.push(part.value)
		if (size <= MOST_BYTES) continue
		await reader?.cancel()
		throw new UnreadableRates('it is too large')
	}
	return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

/** The newest published rates. Throws UnreadableRates, or whatever the network throws. */
export async function fetchRates(url: string, clock: { now(): Date }): Promise<RateTable> {
	const response = await get(new URL(url), AbortSignal.timeout(TIMEOUT_MS))
	if (!response.ok) {
		await response.body?.cancel()
		throw new UnreadableRates(`it answers ${response.status}`)
	}
	return readRates(await textOf(response), { source: 'ecb', fetchedAt: clock.now() })
}
