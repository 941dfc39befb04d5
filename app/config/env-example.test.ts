import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ENV_EXAMPLE_FILE, envExample } from './env-example.ts'

test('.env.example says what the schema says; npm run env:example writes it', async () => {
	expect(await readFile(ENV_EXAMPLE_FILE, 'utf8')).toBe(envExample())
})
