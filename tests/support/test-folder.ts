import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'tillhouse-tests-'

export type TestFolder = { path: string; remove(): Promise<void> }

/** A folder of this process's own. Runs that were killed could not tidy up, so the next one does. */
export async function createTestFolder(): Promise<TestFolder> {
	const parent = await realpath(tmpdir())
	for (const name of await readdir(parent)) {
		if (name.startsWith(PREFIX) && !isRunning(Number.parseInt(name.slice(PREFIX.length), 10))) {
			await rm(join(parent, name), { recursive: true, force: true })
		}
	}
	const path = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`))
	return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM'
	}
}
