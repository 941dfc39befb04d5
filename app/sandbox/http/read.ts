import { invalid } from './errors.ts'
import type { Form } from './form.ts'

/** An absent or emptied parameter reads as undefined. */
export function text(form: Form, name: string): string | undefined {
	const value = form[name]
	if (value === undefined || value === '') return undefined
	if (typeof value !== 'string') throw invalid(`Invalid string: ${name}`, name)
	return value
}

export function required(form: Form, name: string): string {
	const value = text(form, name)
	if (value === undefined) {
		throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
	}
	return value
}

export function integer(form: Form, name: string): number | undefined {
	const value = text(form, name)
	if (value === undefined) return undefined
	const number = Number(value)
	if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) {
		throw invalid(`Invalid integer: ${value}`, name, 'parameter_invalid_integer')
	}
	return number
}

export function flag(form: Form, name: string): boolean | undefined {
	const value = text(form, name)
	if (value === undefined) return undefined
	if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, name)
	return value === 'true'
}

export function nested(form: Form, name: string): Form | undefined {
	const value = form[name]
	return typeof value === 'object' ? value : undefined
}

export function list(form: Form, name: string): string[] | undefined {
	const value = nested(form, name)
	return value && Object.values(value).filter((item) => typeof item === 'string')
}

export function oneOf<T extends string>(form: Form, name: string, allowed: readonly T[]): T | undefined {
	const value = text(form, name)
	if (value === undefined) return undefined
	const found = allowed.find((option) => option === value)
	if (found === undefined) {
		throw invalid(`Invalid ${name}: must be one of ${allowed.join(', ')}`, name)
	}
	return found
}

/** Metadata merges key by key; an empty value removes its key, an empty form removes all of them. */
export function metadata(form: Form, before: Record<string, string> = {}): Record<string, string> {
	const given = form['metadata']
	if (given === undefined) return before
	if (given === '') return {}
	if (typeof given === 'string') throw invalid('Invalid object', 'metadata')
	const after = { ...before }
	for (const [key, value] of Object.entries(given)) {
		if (typeof value !== 'string') throw invalid('Metadata values can only be strings.', `metadata[${key}]`)
		if (value === '') delete after[key]
		else after[key] = value
	}
	if (Object.keys(after).length > 50) throw invalid('Metadata can only have up to 50 keys.', 'metadata')
	return after
}
