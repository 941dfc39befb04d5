import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '#app/server/launcher/places.ts'

export type RunFolder = { path: string; remove(): Promise<void> }

/** A folder under .data of this run's own. A run that was killed could not tidy up, so the next one does. */
export async function createRunFolder(kind: string): Promise<RunFolder> {
	const folder = join(ROOT, '.data', kind)
	await mkdir(folder, { recursive: true })
	for (const name of await readdir(folder)) {
		if (!isRunning(Number(name))) await rm(join(folder, name), { recursive: true, force: true })
	}
	const path = join(folder, String(process.pid))
	await mkdir(path, { recursive: true })
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
