import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Port 0 asks for any free one. */
export async function claimPort(port: number): Promise<number> {
	const probe = createServer()
	probe.listen(port, '127.0.0.1')
	try {
		await once(probe, 'listening')
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
		throw portTaken(port, cause)
	}
	const free = (probe.address() as AddressInfo).port
	probe.close()
	await once(probe, 'close')
	return free
}

export function portTaken(port: number, cause?: unknown): Error {
	return new Error(`Port ${port} for PostgreSQL is taken. Choose another: PGPORT=${port + 1} npm run demo`, {
		cause,
	})
}
