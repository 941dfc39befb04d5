import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './places.ts'

const FOLDERS = ['app', 'jobs', 'db', 'public']
const FILES = ['package-lock.json', 'remix.config.js', 'vite.config.ts', 'tsconfig.json']
/** Inside the build: whatever else builds empties the folder, and the note goes with it. */
const HASH_FILE = join(ROOT, 'build/server/source-hash')

/** Builds when a source changed since the last build; a second start of the demo takes seconds. */
export async function buildWhenStale(log: (message: string) => void, signal: AbortSignal): Promise<void> {
	const hash = await hashOfSources()
	if ((await readFile(HASH_FILE, 'utf8').catch(() => null)) === hash) return

	log('Building the app (once per change of the sources)')
	const remix = join(ROOT, 'node_modules/@remix-run/dev/dist/cli.js')
	const child = spawn(process.execPath, [remix, 'vite:build'], {
		cwd: ROOT,
		env: { ...process.env, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe'],
		signal,
	})
	const output: Buffer[] = []
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
	const [code] = (await once(child, 'close')) as [number | null]
	if (code !== 0) throw new Error(`The build failed:\n${Buffer.concat(output).toString().slice(-6000)}`)
	await writeFile(HASH_FILE, hash)
}

async function hashOfSources(): Promise<string> {
	const listings = await Promise.all(
		FOLDERS.map((folder) => readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })),
	)
	const sources = listings
		.flat()
		.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()
	const hash = createHash('sha256')
	for (const file of [...sources, ...FILES.map((name) => join(ROOT, name))]) {
		hash
			.update(file.slice(ROOT.length))
			.update('\0')
			.update(await readFile(file))
	}
	return hash.digest('hex')
}
