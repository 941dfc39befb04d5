import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromiumPath } from './chromium.ts'

const path = await chromiumPath()
if (!path) {
	process.stderr.write(
		[
			'The browser tests need Chromium, and none was found.',
			'Install it: apt-get install chromium',
			'or name one: CHROMIUM_PATH=/path/to/chromium npm run test:e2e',
			'',
		].join('\n'),
	)
	process.exit(1)
}

const root = join(import.meta.dirname, '../..')
const vitest = spawn(
	process.execPath,
	[
		join(root, 'node_modules/vitest/vitest.mjs'),
		'run',
		'--config',
		'tests/e2e/vitest.config.ts',
		...process.argv.slice(2),
	],
	{ cwd: root, env: { ...process.env, CHROMIUM_PATH: path }, stdio: 'inherit' },
)
// Passed on and waited for: vitest closes the browser and the product before it ends.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => vitest.kill(name))
const [code] = (await once(vitest, 'exit')) as [number | null]
process.exit(code ?? 1)
