import { join } from 'node:path'
import { startLocalPostgres } from '#db/local-postgres.ts'
import { keep, readKept } from './kept.ts'
import { KEPT } from './places.ts'
import { freePort, portFrom, preferablyPort } from './ports.ts'

const PORT_FILE = 'postgres.port'

/** DATABASE_URL, or a PostgreSQL of our own whose data stay between runs. */
export async function startDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
	const given = process.env['DATABASE_URL']
	if (given) return { url: given, stop: async () => {} }

	const asked = portFrom('PGPORT', 0)
	const remembered = Number(await readKept(PORT_FILE))
	const port = asked || (remembered > 0 ? await preferablyPort(remembered) : await freePort())
	const postgres = await startLocalPostgres({ dataDir: join(KEPT, 'postgres'), port, durable: true })
	await keep(PORT_FILE, String(postgres.port))
	return postgres
}
