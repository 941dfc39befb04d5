import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const FAST_STOP_MS = 10_000
const IMMEDIATE_STOP_MS = 5_000

/** Leaves the data directory free to start on, whatever way the last server or its owner ended. */
export async function clearPreviousServer(dataDir: string): Promise<void> {
	const postmaster = await postmasterOf(dataDir)
	if (postmaster !== undefined) {
		const owner = await readPid(ownerFile(dataDir))
		if (owner !== undefined && isAlive(owner)) {
			throw new Error(`The database in ${dataDir} is in use by process ${owner}. Stop that process first.`)
		}
		await stopPostmaster(postmaster)
	}
	for (const orphan of await backendsIn(dataDir)) signal(orphan, 'SIGKILL')
	// PostgreSQL clears a dead server's lock itself, but not one whose number another process has got since.
	await rm(join(dataDir, 'postmaster.pid'), { force: true })
}

export async function claimDataDirectory(dataDir: string): Promise<void> {
	await writeFile(ownerFile(dataDir), String(process.pid))
}

const ownerFile = (dataDir: string) => `${dataDir}.owner`

async function postmasterOf(dataDir: string): Promise<number | undefined> {
	const pid = await readPid(join(dataDir, 'postmaster.pid'))
	if (pid === undefined || !isAlive(pid)) return undefined
	const command = await commandLineOf(pid)
	return command.includes('postgres') && command.includes(dataDir) ? pid : undefined
}

async function stopPostmaster(pid: number): Promise<void> {
	signal(pid, 'SIGINT')
	if (await isGone(pid, FAST_STOP_MS)) return
	signal(pid, 'SIGQUIT')
	if (await isGone(pid, IMMEDIATE_STOP_MS)) return
	throw new Error(`An earlier PostgreSQL (process ${pid}) does not stop. Stop it with kill -9 ${pid}.`)
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
	for (const end = Date.now() + withinMs; Date.now() < end; await sleep(25)) {
		// An unreaped zombie still answers signals, but has no command line.
		if (!isAlive(pid) || (await commandLineOf(pid)).trim() === '') return true
	}
	return false
}

/** Backends outlive a postmaster killed with SIGKILL until they next look up from their query. */
async function backendsIn(dataDir: string): Promise<number[]> {
	if (process.platform !== 'linux') return []
	const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
	const directories = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
	return pids.filter((_, index) => directories[index] === dataDir)
}

async function commandLineOf(pid: number): Promise<string> {
	if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
	return promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(
		({ stdout }) => stdout,
		() => '',
	)
}

async function readPid(file: string): Promise<number | undefined> {
	const text = await readFile(file, 'utf8').catch(() => '')
	const pid = Number.parseInt(text, 10)
	return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM'
	}
}

function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name)
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
	}
}
