import { once } from 'node:events'
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpEvent, See, Verdict } from './events.ts'

export type HttpTap = {
	url: string
	/** POST requests passed on so far. */
	posts(): number
	/** Breaks every connection of its clients: whatever is being answered, they never hear it. */
	sever(): void
	close(): Promise<void>
}

type Options = {
	on: HttpEvent['on']
	/** Where a request goes, and which instance it concerns. */
	route: () => { instance: string; url: string }
	see: See
}

async function wholeBody(incoming: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = []
	for await (const chunk of incoming) chunks.push(chunk as Buffer)
	return Buffer.concat(chunks).toString('utf8')
}

/** An HTTP proxy that tells what passes; broken answers stay broken on their way. */
export async function openHttpTap({ on, route, see }: Options): Promise<HttpTap> {
	const agent = new Agent({ keepAlive: true, maxSockets: 512 })
	const open = new Set<ServerResponse>()
	let posts = 0

	async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const cut = () => void outgoing.socket?.resetAndDestroy()
		const body = await wholeBody(incoming)
		const { instance, url } = route()
		const method = incoming.method ?? 'GET'
		const path = incoming.url ?? '/'
		const seen = (what: HttpEvent['what'], status: number): Verdict =>
			see({ on, what, instance, method, path, body, status, cut })
		if (method === 'POST') posts += 1
		await seen('request', 0)
		if (outgoing.destroyed) return

		const { hostname, port } = new URL(url)
		const call = request({ agent, host: hostname, port, method, path, headers: incoming.headers })
		outgoing.on('close', () => call.destroy())
		call.on('error', cut)
		call.on('response', (answer) => {
			const status = answer.statusCode ?? 0
			const write = () => {
				if (outgoing.destroyed) return
				outgoing.writeHead(status, answer.headers)
				answer.on('error', cut)
				answer.on('aborted', cut)
				outgoing.on('finish', () => void seen('answered', status))
				answer.pipe(outgoing)
			}
			const verdict = seen('answer', status)
			if (verdict) void verdict.then(write)
			else write()
		})
		call.end(body)
	}

	const server = createServer({ keepAliveTimeout: 75_000 }, (incoming, outgoing) => {
		open.add(outgoing)
		outgoing.on('close', () => open.delete(outgoing))
		outgoing.on('error', () => undefined)
		pass(incoming, outgoing).catch(() => outgoing.destroy())
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		posts: () => posts,
		sever() {
			for (const outgoing of open) outgoing.socket?.resetAndDestroy()
		},
		async close() {
			server.close()
			server.closeAllConnections()
			agent.destroy()
		},
	}
}
