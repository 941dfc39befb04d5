import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * A visitor's way to the network, as a proxy that can be cut. Chromium's offline mode only refuses new requests:
 * streams that are already open live on in it.
 */
export async function openLine() {
	const sockets = new Set<Socket>()
	let isCut = false
	const server = createServer((incoming, outgoing) => {
		const url = new URL(incoming.url ?? '/')
		const { method, headers } = incoming
		const onward = request(url, { method, headers, agent: false }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders).flushHeaders()
			answer.pipe(outgoing)
		})
		onward.on('error', () => outgoing.destroy())
		outgoing.on('close', () => onward.destroy())
		incoming.pipe(onward)
	})
	server.on('connection', (socket) => {
		if (isCut) return socket.destroy()
		sockets.add(socket)
		socket.on('close', () => sockets.delete(socket))
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	onTestFinished(async () => {
		server.closeAllConnections()
		await once(server.close(), 'close')
	})
	return {
		proxy: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
		cut() {
			isCut = true
			for (const socket of sockets) socket.destroy()
		},
		mend() {
			isCut = false
		},
	}
}
