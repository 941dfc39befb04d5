import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { AS_APP_ACROSS_MERCHANTS } from '#db/client.ts'

const DEBIAN = '/usr/lib/postgresql'

/** On the PATH, or where Debian keeps it; null when it is not installed. */
export async function findPgbench(): Promise<string | null> {
	const versions = await readdir(DEBIAN).catch(() => [])
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a))
	const folders = [
		...(process.env['PATH'] ?? '').split(delimiter),
		...newestFirst.map((version) => join(DEBIAN, version, 'bin')),
	]
	for (const folder of folders) {
		const file = join(folder, 'pgbench')
		const isThere = await access(file).then(
			() => true,
			() => false,
		)
		if (isThere) return file
	}
	return null
}

export type PgbenchRun = {
	url: string
	script: string
	clients: number
	seconds: number
	variables: Readonly<Record<string, string>>
	signal: AbortSignal
}

/** Transactions per second of a script, prepared, without the time to connect. */
export async function runPgbench(pgbench: string, run: PgbenchRun): Promise<number> {
	const { hostname, port, username, password, pathname } = new URL(run.url)
	const variables = Object.entries(run.variables).flatMap(([name, value]) => ['-D', `${name}=${value}`])
	const threads = Math.min(2, run.clients)
	const child = spawn(
		pgbench,
		[
			...['-h', hostname, '-p', port, '-U', username, '-n', '-M', 'prepared'],
			...['-c', String(run.clients), '-j', String(threads), '-T', String(run.seconds)],
			...variables,
			...['-f', run.script, pathname.slice(1)],
		],
		{
			env: { ...process.env, PGPASSWORD: decodeURIComponent(password), PGOPTIONS: AS_APP_ACROSS_MERCHANTS },
			stdio: ['ignore', 'pipe', 'pipe'],
			signal: run.signal,
		},
	)
	const output: Buffer[] = []
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
	const [code] = (await once(child, 'close')) as [number | null]
	const text = Buffer.concat(output).toString()
	const tps = /^tps = ([\d.]+) \(without/m.exec(text)?.[1]
	if (code !== 0 || tps === undefined) throw new Error(`pgbench failed:\n${text.slice(-2000)}`)
	return Number(tps)
}
