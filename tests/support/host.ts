import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import type pg from 'pg'

export type HostFacts = {
	date: string
	commit: string
	cores: number
	cpu: string
	memoryGb: number
	node: string
	postgres: string
	/** 1, 5 and 15 minutes, before the first load. */
	loadBefore: number[]
	busy: boolean
}

function git(...args: string[]): string {
	try {
		return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
	} catch {
		return ''
	}
}

/** What the figures depend on; `load` is the load average from before anything of ours was started. */
export async function hostFacts(pool: pg.Pool, load: number[]): Promise<HostFacts> {
	const { rows } = await pool.query<{ version: string }>(
		`select current_setting('server_version') as version`,
	)
	const changed = git('status', '--porcelain', '--', 'app', 'db', 'jobs') === '' ? '' : ' with changes'
	const cores = availableParallelism()
	return {
		date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
		commit: (git('rev-parse', '--short', 'HEAD') || 'unknown') + changed,
		cores,
		cpu: cpus()[0]?.model ?? 'unknown',
		memoryGb: Math.round(totalmem() / 1024 ** 3),
		node: process.version,
		postgres: rows[0]?.version ?? 'unknown',
		loadBefore: load.map((value) => Math.round(value * 100) / 100),
		busy: (load[0] ?? 0) > cores * 0.25,
	}
}

export const loadNow = (): number[] => loadavg()
