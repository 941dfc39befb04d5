import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startLocalPostgres } from '#db/local-postgres.ts'
import { createTestFolder, type TestFolder } from '#tests/support/test-folder.ts'

let folder: TestFolder
let dataDir: string

beforeEach(async () => {
	folder = await createTestFolder()
	dataDir = join(folder.path, 'postgres')
})

afterEach(() => folder.remove())

/** Another process that starts the server and then waits to be killed. */
async function anOwner() {
	const script = `
		import { startLocalPostgres } from '#db/local-postgres.ts'
		await startLocalPostgres({ dataDir: ${JSON.stringify(dataDir)}, port: 0, durable: false })
		console.log('started')
		setInterval(() => {}, 1000)`
	const owner = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
		cwd: join(import.meta.dirname, '../../..'),
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	await once(owner.stdout, 'data')
	return {
		async kill() {
			owner.kill('SIGKILL')
			await once(owner, 'exit')
		},
	}
}

const lock = () =>
	readFile(join(dataDir, 'postmaster.pid'), 'utf8').then(
		(text) => text,
		() => undefined,
	)

async function leashOf(postmaster: number): Promise<number> {
	for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
		if (command.includes(`postgres-leash\0${postmaster}\0`)) return Number(pid)
	}
	throw new Error(`no leash holds ${postmaster}`)
}

test('a killed owner takes its server along', async () => {
	const owner = await anOwner()
	expect(await lock()).toBeDefined()
	await owner.kill()
	await expect.poll(lock, { timeout: 5_000 }).toBeUndefined()
})

test.runIf(process.platform === 'linux')(
	'a server that outlived its owner and its leash is replaced',
	async () => {
		const owner = await anOwner()
		const orphan = Number.parseInt((await lock()) ?? '', 10)
		process.kill(await leashOf(orphan), 'SIGKILL')
		await owner.kill()
		await sleep(200)
		expect(Number.parseInt((await lock()) ?? '', 10)).toBe(orphan)

		const server = await startLocalPostgres({ dataDir, port: 0, durable: false })
		expect(Number.parseInt((await lock()) ?? '', 10)).not.toBe(orphan)
		await server.stop()
	},
)
