import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '#app/server/launcher/places.ts'

const FOLDER = join(ROOT, '.data', 'bench')

/** A folder of this run's own. A run that was killed could not tidy up, so the next one does. */
export async function createBenchFolder(): Promise<{ path: string; remove(): Promise<void> }> {
	await mkdir(FOLDER, { recursive: true })
	for (const name of await readdir(FOLDER)) {
		if (!isRunning(Number(name))) await rm(join(FOLDER, name), { recursive: true, force: true })
	}
	const path = join(FOLDER, String(process.pid))
	await mkdir(path)
	return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

function isRunning(pid: number): boolean {
	if (!Number.isInteger(pid)) return false
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM'
	}
}
