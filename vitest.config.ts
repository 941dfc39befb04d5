import { defineConfig } from 'vitest/config'

const perProject = {
	environment: 'node' as const,
	setupFiles: ['tests/support/no-console-errors.ts'],
	restoreMocks: true,
	unstubEnvs: true,
}

export default defineConfig({
	test: {
		pool: 'forks',
		maxWorkers: 2,
		projects: [
			{
				extends: true,
				test: {
					...perProject,
					name: 'unit',
					include: ['{app,jobs,db,tests/docs}/**/*.test.{ts,tsx}'],
				},
			},
			{
				extends: true,
				test: {
					...perProject,
					name: 'integration',
					include: ['tests/{integration,gateways,http,jobs,sandbox,migrations}/**/*.test.{ts,tsx}'],
					globalSetup: ['tests/support/global-setup.ts'],
					testTimeout: 20_000,
					hookTimeout: 30_000,
				},
			},
		],
	},
})
