import { invalid } from './errors.ts'

export type Fields = Record<string, unknown>

/** Where the fields stand in the request, as a JSON pointer: errors name the field by it. */
export interface At {
	fields: Fields
	pointer: string
}

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value)

export function parseBody(body: string): At {
	if (body === '') return { fields: {}, pointer: '' }
	try {
		const fields: unknown = JSON.parse(body)
		if (isFields(fields)) return { fields, pointer: '' }
		// A JSON Patch is the one body that is a list.
		if (Array.isArray(fields)) return { fields: { patches: fields }, pointer: '' }
	} catch {
		// Falls through: unreadable and not an object are the same mistake.
	}
	throw invalid('MALFORMED_REQUEST_JSON', '/', 'The request JSON is not well formed.')
}

export function nested({ fields, pointer }: At, name: string): At | undefined {
	const value = fields[name]
	const at = `${pointer}/${name}`
	if (value === undefined || value === null) return undefined
	if (!isFields(value)) throw syntax(at)
	return { fields: value, pointer: at }
}

export function list({ fields, pointer }: At, name: string): At[] {
	const value = fields[name]
	const at = `${pointer}/${name}`
	if (value === undefined) return []
	if (!Array.isArray(value)) throw syntax(at)
	return value.map((item: unknown, index) => {
		if (!isFields(item)) throw syntax(`${at}/${index}`)
		return { fields: item, pointer: `${at}/${index}` }
	})
}

/** An absent or emptied field reads as null. */
export function text({ fields, pointer }: At, name: string, longest: number): string | null {
	const value = fields[name]
	const at = `${pointer}/${name}`
	if (value === undefined || value === null || value === '') return null
	if (typeof value !== 'string') throw syntax(at)
	if (value.length > longest) {
		throw invalid('INVALID_STRING_MAX_LENGTH', at, 'The value of a field is too long.')
	}
	return value
}

export function required(at: At, name: string, longest: number): string {
	const value = text(at, name, longest)
	if (value === null) throw absent(`${at.pointer}/${name}`)
	return value
}

export function oneOf<T extends string>(at: At, name: string, allowed: readonly T[]): T {
	const value = required(at, name, 255)
	const found = allowed.find((option) => option === value)
	if (found !== undefined) return found
	throw invalid('INVALID_PARAMETER_VALUE', `${at.pointer}/${name}`, 'The value of a field is invalid.')
}

/** Only pages of the web: the payer's browser is sent there. */
export function address(at: At, name: string): string | null {
	const value = text(at, name, 4_000)
	if (value === null) return null
	const protocol = URL.canParse(value) ? new URL(value).protocol : ''
	if (protocol !== 'http:' && protocol !== 'https:') throw syntax(`${at.pointer}/${name}`)
	return value
}

export const absent = (field: string) =>
	invalid('MISSING_REQUIRED_PARAMETER', field, 'A required field / parameter is missing.')

export const syntax = (field: string) =>
	invalid('INVALID_PARAMETER_SYNTAX', field, 'The value of a field does not conform to the expected format.')

export const invalidLength = (field: string) =>
	invalid('INVALID_ARRAY_MAX_ITEMS', field, 'The number of items in an array parameter is too large.')
