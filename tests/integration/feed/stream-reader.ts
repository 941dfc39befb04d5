import type { House } from '#tests/support/house.ts'

export type Told = { id: string; event: string; data: { id?: string; object?: string; status?: string } }

export type StreamReader = {
	/** Everything told so far, in order. */
	told: Told[]
	/** What was told about payments, without the greeting. */
	changes(): Told[]
	lastId(): string
	/** Goes away as a browser does that closes its tab. */
	leave(): Promise<void>
	/** Whether the server ended the stream, or we left. */
	hasEnded(): boolean
}

export type From = {
	cursor?: string
	lastEventId?: string
	authorization?: string
	/** Another stream than the API's, and what opens it. */
	path?: string
	headers?: Record<string, string>
}

/** Reads a stream as a browser's EventSource would. */
export async function openStream({ baseUrl, demo }: House, from: From = {}): Promise<StreamReader> {
	const url = new URL(from.path ?? '/api/v1/stream', baseUrl)
	if (from.cursor !== undefined) url.searchParams.set('cursor', from.cursor)
	const gone = new AbortController()
	const response = await fetch(url, {
		headers: {
			...(from.headers ?? { authorization: from.authorization ?? `Bearer ${demo.secretKey}` }),
			...(from.lastEventId !== undefined && { 'last-event-id': from.lastEventId }),
		},
		signal: gone.signal,
	})
	if (response.status !== 200 || !response.body) throw new Error(`no stream: ${response.status}`)
	const told: Told[] = []
	const body = response.body
	let over = false
	const ended = (async () => {
		let text = ''
		try {
			const decoder = new TextDecoder()
			const source = body.getReader()
			for (let part = await source.read(); !part.done; part = await source.read()) {
				text += decoder.decode(part.value, { stream: true })
				const frames = text.split('\n\n')
				text = frames.pop() ?? ''
				for (const frame of frames) {
					const read = readFrame(frame)
					if (read) told.push(read)
				}
			}
		} catch (error) {
			if (!gone.signal.aborted) throw error
		} finally {
			over = true
		}
	})()
	return {
		told,
		changes: () => told.filter(({ event }) => event === 'payment' || event === 'refund'),
		lastId: () => told.at(-1)?.id ?? '',
		async leave() {
			gone.abort()
			await ended
		},
		hasEnded: () => over,
	}
}

/** Reads on as EventSource does: whenever the server ends the stream, from the last id once more. */
export async function follow(house: House, from: From, enough: (heard: Told[]) => boolean): Promise<Told[]> {
	const heard: Told[] = []
	let reader = await openStream(house, from)
	while (!enough([...heard, ...reader.changes()])) {
		await new Promise((resolve) => setTimeout(resolve, 20))
		if (!reader.hasEnded()) continue
		heard.push(...reader.changes())
		reader = await openStream(house, { ...from, lastEventId: reader.lastId() })
	}
	await reader.leave()
	return [...heard, ...reader.changes()]
}

function readFrame(frame: string): Told | null {
	const fields = new Map(
		frame.split('\n').map((line) => {
			const at = line.indexOf(':')
			return [line.slice(0, at), line.slice(at + 1).trimStart()] as const
		}),
	)
	const data = fields.get('data')
	if (data === undefined) return null
	return {
		id: fields.get('id') ?? '',
		event: fields.get('event') ?? 'message',
		data: JSON.parse(data) as Told['data'],
	}
}
