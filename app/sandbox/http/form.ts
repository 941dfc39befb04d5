export type FormValue = string | Form
export interface Form {
	[key: string]: FormValue
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

function decode(text: string): string {
	const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
	if (!spaced.includes('%')) return spaced
	try {
		return decodeURIComponent(spaced)
	} catch {
		return spaced
	}
}

/** `metadata[order][id]` → `['metadata', 'order', 'id']`; `expand[]` ends in an empty step. */
function steps(key: string): string[] {
	const open = key.indexOf('[')
	if (open < 1) return [key]
	return [key.slice(0, open), ...key.slice(open + 1, key.endsWith(']') ? -1 : undefined).split('][')]
}

function place(form: Form, path: string[], value: string): void {
	let level = form
	for (let depth = 0; depth < path.length; depth++) {
		const step = path[depth] || String(Object.keys(level).length)
		if (FORBIDDEN.has(step)) return
		if (depth === path.length - 1) {
			level[step] = value
			return
		}
		const next = level[step]
		level = typeof next === 'object' ? next : (level[step] = {})
	}
}

/** Stripe's request encoding: forms with bracketed keys. Lists arrive as forms keyed 0, 1, 2… */
export function decodeForm(text: string): Form {
	const form: Form = {}
	if (text === '') return form
	for (const pair of text.split('&')) {
		if (pair === '') continue
		const equals = pair.indexOf('=')
		const key = decode(equals < 0 ? pair : pair.slice(0, equals))
		place(form, steps(key), equals < 0 ? '' : decode(pair.slice(equals + 1)))
	}
	return form
}
