import { holdsCardNumber } from '../domain/cards/card-number.ts'

const MOST_DEPTH = 32

/** `param` is the path of the member, without a name that may be the number of a card. */
export type JsonFlaw = {
	kind: 'too_deep' | 'named_twice' | 'not_keepable' | 'card_number'
	param: string
}

type Level = {
	/** Names so far; null in an array. */
	names: Set<string> | null
	/** Of the member that is being read; null before its name has come. */
	name: string | null
	index: number
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]|-?\d[\d.eE+-]*/g

/**
 * What JSON.parse does not say about a text it has accepted: it keeps the last of two members with one name, and takes
 * any depth. NUL and halves of a character pair can only be written as escapes; Postgres keeps neither.
 */
export function flawIn(json: string): JsonFlaw | null {
	const levels: Level[] = []
	const pathTo = (last?: string) =>
		[...levels.map(({ names, name, index }) => (names ? name : index)), last]
			.filter((part) => part !== null && part !== undefined)
			.join('.')
	for (const [token] of json.matchAll(TOKEN)) {
		const level = levels.at(-1)
		if (token === '{' || token === '[') {
			if (levels.length === MOST_DEPTH) return { kind: 'too_deep', param: 'body' }
			levels.push({ names: token === '{' ? new Set() : null, name: null, index: 0 })
		} else if (token === '}' || token === ']') {
			levels.pop()
		} else if (token === ',') {
			if (!level) continue
			level.index += 1
			level.name = null
		} else {
			const value = token.startsWith('"') ? unquoted(token) : token
			const kind = flawOf(value)
			const isName = level?.names && level.name === null
			const own = isName && kind !== 'card_number' ? value : undefined
			if (kind) return { kind, param: pathTo(own) || 'body' }
			if (!isName || !level.names) continue
			if (level.names.has(value)) return { kind: 'named_twice', param: pathTo(value) }
			level.names.add(value)
			level.name = value
		}
	}
	return null
}

const unquoted = (token: string): string =>
	token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)

function flawOf(value: string): 'not_keepable' | 'card_number' | null {
	if (value.includes('\u0000') || !value.isWellFormed()) return 'not_keepable'
	return holdsCardNumber(value) ? 'card_number' : null
}
