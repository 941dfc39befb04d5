import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ROOT } from './places.ts'

const PATIENCE_MS = 28_000
const LEAVE_WITH_LAUNCHER = './app/server/launcher/leave-with-launcher.js'

type Program = { name: string; file: string; env: Record<string, string> }

export type Child = {
	name: string
	process: ChildProcess
	/** Rejects when the child ends although nobody asked it to. */
	died: Promise<never>
	stop(): Promise<void>
}

/** Detached, so that Ctrl-C reaches only the launcher, which then stops everything in order. */
export function startChild({ name, file, env }: Program, output: 'shown' | 'read'): Child {
	const child = spawn(process.execPath, ['--import', LEAVE_WITH_LAUNCHER, file], {
		cwd: ROOT,
		env: { ...process.env, ...env },
		detached: true,
		stdio: ['ignore', output === 'read' ? 'pipe' : 'inherit', 'inherit', 'ipc'],
	})
	let isStopping = false
	const ended = new Promise<string>((resolve) => {
		child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
		child.once('error', (error) => resolve(error.message))
	})
	const died = ended.then((how) => {
		if (!isStopping) throw new Error(`The ${name} stopped by itself (${how}).`)
		return new Promise<never>(() => {})
	})
	died.catch(() => {})
	return {
		name,
		process: child,
		died,
		async stop() {
			isStopping = true
			child.kill('SIGTERM')
			const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
			await ended
			clearTimeout(impatience)
		},
	}
}

/** main.ts says so over the channel it is born with. */
export async function isReady(child: Child): Promise<void> {
	await Promise.race([once(child.process, 'message'), child.died])
}
