import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceAccount } from './service-account.ts'

const FAST_THEN_IMMEDIATE = `
pid=$1 lock=$2 polls=0
read -r _
kill -INT "$pid"
while kill -0 "$pid" && [ "$(head -n 1 "$lock")" = "$pid" ]; do
	polls=$((polls + 1))
	[ "$polls" -eq 150 ] && kill -QUIT "$pid"
	sleep 0.1
done
`

/**
 * Ties the server's life to ours: the pipe closes when we say so and also when we are killed,
 * so no way of ending this process leaves a PostgreSQL behind.
 */
export async function leashToThisProcess(
	account: ServiceAccount,
	dataDir: string,
): Promise<{ release(): Promise<void> }> {
	const lock = join(dataDir, 'postmaster.pid')
	const [pid = ''] = (await readFile(lock, 'utf8')).split('\n')
	const { command, args, options } = account.invocation('/bin/sh', [
		...['-c', FAST_THEN_IMMEDIATE, 'postgres-leash', pid.trim(), lock],
	])
	// Detached: Ctrl-C in the terminal must not end the leash before the application has drained.
	const watcher = spawn(command, args, { ...options, detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
	watcher.unref()
	const ended = once(watcher, 'exit')
	ended.catch(() => {})
	return {
		async release() {
			watcher.ref()
			watcher.stdin?.end()
			await ended
		},
	}
}
