import { randomBytes } from 'node:crypto'
import { access, chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'
import type { ServiceAccount } from './service-account.ts'

export const SUPERUSER = 'postgres'

type Deps = { binaries: PostgresBinaries; account: ServiceAccount }

/** Creates the cluster on first use and returns the password of its accounts. */
export async function prepareDataDirectory(
	{ binaries, account }: Deps,
	{ dataDir, durable }: { dataDir: string; durable: boolean },
): Promise<string> {
	const passwordFile = `${dataDir}.password`
	if (await exists(join(dataDir, 'PG_VERSION'))) return readPassword(passwordFile, dataDir)

	const password = randomBytes(24).toString('base64url')
	await mkdir(dirname(dataDir), { recursive: true })
	await writeFile(passwordFile, password, { mode: 0o600 })
	await chmod(passwordFile, 0o600)
	await account.own(passwordFile)

	// Built next door and renamed, so an interrupted initdb never passes for a cluster.
	const unfinished = `${dataDir}.unfinished`
	await rm(unfinished, { recursive: true, force: true })
	await mkdir(unfinished, { mode: 0o700 })
	await account.own(unfinished)
	await account.run(binaries.initdb, [
		`--pgdata=${unfinished}`,
		`--username=${SUPERUSER}`,
		`--pwfile=${passwordFile}`,
		'--auth=scram-sha-256',
		'--encoding=UTF8',
		'--locale=C',
		'--locale-provider=builtin',
		'--builtin-locale=C.UTF-8',
		...(durable ? [] : ['--no-sync']),
	])
	await rename(unfinished, dataDir)
	return password
}

async function readPassword(passwordFile: string, dataDir: string): Promise<string> {
	return readFile(passwordFile, 'utf8').catch((cause: unknown) => {
		throw new Error(
			`${passwordFile} cannot be read, and it holds the password of ${dataDir}. ` +
				`Run as the user who created it, or delete ${dataDir} to start with an empty database.`,
			{ cause },
		)
	})
}

async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return false
			throw new Error(`${path} belongs to another user. Run as that user, or delete its directory.`, {
				cause: error,
			})
		},
	)
}
