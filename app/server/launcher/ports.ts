import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

async function listenOnce(port: number): Promise<number> {
	const probe = createServer()
	probe.listen(port, '127.0.0.1')
	await once(probe, 'listening')
	const taken = (probe.address() as AddressInfo).port
	probe.close()
	await once(probe, 'close')
	return taken
}

export const freePort = () => listenOnce(0)

export async function isFree(port: number): Promise<boolean> {
	return listenOnce(port).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE') return false
			throw error
		},
	)
}

export async function preferablyPort(port: number): Promise<number> {
	return (await isFree(port)) ? port : freePort()
}

export function portFrom(variable: string, byDefault: number): number {
	const text = process.env[variable]
	if (!text) return byDefault
	const port = Number(text)
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port
	throw new Error(`${variable} must be a port number.`)
}
