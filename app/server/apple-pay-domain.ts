import { open } from 'node:fs/promises'
import { Router } from 'express'
import { InvalidEnvironment } from '../config/env.server.ts'

const PATH = '/.well-known/apple-developer-merchantid-domain-association'
const MOST_BYTES = 64 * 1024

/** The file that shows Apple this domain is ours, read once at start; null when none is set. Throws InvalidEnvironment. */
export async function readAppleDomainFile(path: string | null): Promise<Buffer | null> {
	if (path === null) return null
	try {
		await using file = await open(path)
		const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1, 0)
		if (bytesRead > MOST_BYTES) throw refused('is larger than 64 kB')
		return buffer.subarray(0, bytesRead)
	} catch (error) {
		throw error instanceof InvalidEnvironment ? error : refused('names a file that cannot be read')
	}
}

const refused = (reason: string) => new InvalidEnvironment([{ setting: 'APPLE_PAY_DOMAIN_FILE', reason }])

/** Apple and Stripe fetch it while the domain is registered for Apple Pay. */
export function appleDomainFile(content: Buffer | null): Router {
	const router = Router()
	router.get(PATH, (_req, res) => {
		if (content) res.type('text').set('cache-control', 'no-cache').send(content)
		else {
			res
				.status(404)
				.type('text')
				.send('This shop has no Apple Pay file. Set APPLE_PAY_DOMAIN_FILE to the file Stripe gives you.')
		}
	})
	return router
}
