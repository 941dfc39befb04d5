import { startChild, type Child } from './child.ts'
import { vaultKeys } from './kept.ts'

export type Mode = 'production' | 'development'

type Options = {
	mode: Mode
	port: number
	baseUrl: string
	databaseUrl: string
	sandbox: { url: string; webhookSecret: string } | undefined
}

/** The same main.ts that a deployment runs; only the settings are ours. */
export async function startApp({ mode, port, baseUrl, databaseUrl, sandbox }: Options): Promise<Child> {
	return startChild(
		{
			name: 'app',
			file: 'app/server/main.ts',
			env: {
				NODE_ENV: mode,
				PORT: String(port),
				BASE_URL: baseUrl,
				DATABASE_URL: databaseUrl,
				DEMO: '1',
				VAULT_KEYS: await vaultKeys(),
				LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
				...(sandbox && {
					ALLOW_SANDBOX: '1',
					SANDBOX_URL: sandbox.url,
					STRIPE_WEBHOOK_SECRET: sandbox.webhookSecret,
				}),
			},
		},
		'shown',
	)
}
