import { readdirSync, readFileSync } from 'node:fs'
import type { Reply } from '../http/message.ts'

const TYPES: Record<string, string> = {
	css: 'text/css; charset=utf-8',
	js: 'text/javascript; charset=utf-8',
}

const folder = new URL('./assets/', import.meta.url)

/** Read once: a name that is not on this list cannot reach the disk. */
const ASSETS = new Map(
	readdirSync(folder).map((name): [string, Reply] => [
		name,
		{
			status: 200,
			body: readFileSync(new URL(name, folder), 'utf8'),
			headers: { 'Content-Type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' },
		},
	]),
)

export const asset = (name: string): Reply | undefined => ASSETS.get(name)
