import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A wire that can go bad: what is connected to `port` reaches the target, until it is told otherwise. */
export type TcpProxy = {
	port: number
	/** Nothing answers at the port any more, and what was connected is reset. */
	goAway(): Promise<void>
	/** Resets what is connected; who connects again gets through. */
	cut(): void
	/** What is connected now stays connected and is never heard of again; who connects again gets through. */
	forget(): void
	comeBack(): Promise<void>
	close(): Promise<void>
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
	const pairs = new Set<readonly [Socket, Socket]>()
	const server: Server = createServer((near) => {
		const far = connect(target)
		const pair = [near, far] as const
		pairs.add(pair)
		for (const socket of pair) {
			socket.setNoDelay(true)
			socket.on('error', () => undefined)
			socket.on('close', () => {
				pairs.delete(pair)
				near.destroy()
				far.destroy()
			})
		}
		near.pipe(far)
		far.pipe(near)
	})
	const listen = async (port: number) => {
		server.listen(port, '127.0.0.1')
		await once(server, 'listening')
		return (server.address() as { port: number }).port
	}
	const cut = () => {
		for (const [near, far] of pairs) {
			near.resetAndDestroy()
			far.destroy()
		}
	}
	const port = await listen(0)
	const goAway = async () => {
		const closed = new Promise((resolve) => server.close(resolve))
		cut()
		await closed
	}
	return {
		port,
		goAway,
		cut,
		forget() {
			for (const [near, far] of pairs) {
				near.unpipe(far)
				far.unpipe(near)
				near.resume()
				far.resume()
			}
		},
		comeBack: async () => void (await listen(port)),
		close: async () => {
			if (server.listening) await goAway()
		},
	}
}
