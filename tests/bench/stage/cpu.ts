import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of CPU. `load` is this process, which sends the requests. */
export type CpuSpent = { app: number; postgres: number; sandbox: number; load: number }
export type CpuClock = {
	/** Spent since the stage was opened; null where there is no /proc. */
	read(): CpuSpent | null
}

type Pids = { app: number; sandbox: number; postmaster: number }
type Times = { ppid: number; own: number; reaped: number }

/** After the name, which may hold blanks and brackets: state, ppid, …, utime, stime, cutime, cstime. */
function timesOf(pid: string | number): Times | null {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
		const fields = text
			.slice(text.lastIndexOf(')') + 2)
			.split(' ')
			.map(Number)
		const at = (index: number) => fields[index] ?? 0
		return { ppid: at(1), own: at(11) + at(12), reaped: at(13) + at(14) }
	} catch {
		return null // gone meanwhile
	}
}

/** The server's processes that run, and those it has buried: connections come and go. */
function serverTicks(postmaster: number): number {
	const own = timesOf(postmaster)
	const children = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => timesOf(name) ?? [])
		.filter(({ ppid }) => ppid === postmaster)
	return (own ? own.own + own.reaped : 0) + children.reduce((sum, { own: ticks }) => sum + ticks, 0)
}

export function startCpuClock({ app, sandbox, postmaster }: Pids): CpuClock {
	if (!timesOf(process.pid)) return { read: () => null }
	const msPerTick = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
	return {
		read: () => ({
			app: (timesOf(app)?.own ?? 0) * msPerTick,
			sandbox: (timesOf(sandbox)?.own ?? 0) * msPerTick,
			load: (timesOf(process.pid)?.own ?? 0) * msPerTick,
			postgres: serverTicks(postmaster) * msPerTick,
		}),
	}
}

export const spentBetween = (before: CpuSpent, after: CpuSpent): CpuSpent => ({
	app: after.app - before.app,
	postgres: after.postgres - before.postgres,
	sandbox: after.sandbox - before.sandbox,
	load: after.load - before.load,
})
