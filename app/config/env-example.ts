import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { Settings } from './settings.server.ts'

export const ENV_EXAMPLE_FILE = join(import.meta.dirname, '../../.env.example')

/** .env.example is written from the schema, so it cannot fall behind. */
export function envExample(): string {
	const lines = ['# Written by npm run env:example. Everything is optional in development.']
	for (const [name, setting] of Object.entries<z.ZodType>(Settings.shape)) {
		const { group, description } = setting.meta() ?? {}
		if (group) lines.push('', `## ${group}`)
		lines.push(`# ${description ?? ''}`, `#${name}=${textOf(setting)}`)
	}
	return `${lines.join('\n')}\n`
}

function textOf(setting: z.ZodType): string {
	const byDefault = setting.parse(undefined)
	if (byDefault === undefined) return ''
	return typeof byDefault === 'boolean' ? String(Number(byDefault)) : String(byDefault)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(ENV_EXAMPLE_FILE, envExample())
