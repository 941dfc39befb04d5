import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
	root: join(import.meta.dirname, '../..'),
	test: {
		name: 'e2e',
		include: ['tests/e2e/**/*.test.ts'],
		globalSetup: ['tests/e2e/global-setup.ts'],
		pool: 'forks',
		// One merchant's books are watched by all: files take turns.
		fileParallelism: false,
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
})
