import type { Collection, Row } from '../books/collection.ts'
import { invalid, missing } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { integer, nested, text } from '../http/read.ts'

export interface List<T = object> {
	object: 'list'
	data: T[]
	has_more: boolean
	url: string
}

export function list<T extends Row>(
	url: string,
	rows: Collection<T>,
	params: Form,
	matches: (row: T) => boolean = () => true,
): List<T> {
	const limit = integer(params, 'limit') ?? 10
	if (limit < 1 || limit > 100) {
		throw invalid('This value must be between 1 and 100.', 'limit', 'parameter_invalid_integer')
	}
	const created = createdWithin(params)
	const found = rows.page(
		{
			limit,
			startingAfter: cursor(rows, params, 'starting_after'),
			endingBefore: cursor(rows, params, 'ending_before'),
			notBefore: created.from,
		},
		(row) => (row.created ?? 0) >= created.from && (row.created ?? 0) <= created.to && matches(row),
	)
	return { object: 'list', data: found.rows, has_more: found.more, url }
}

/** A list whose rows are shown otherwise than they are kept. */
export const show = <T>(page: List<T>, view: (row: T) => object): List => ({
	...page,
	data: page.data.map(view),
})

function cursor<T extends Row>(rows: Collection<T>, params: Form, name: string): string | undefined {
	const id = text(params, name)
	if (id !== undefined && !rows.get(id)) throw missing(rows.name.slice(0, -1), id, name)
	return id
}

function createdWithin(params: Form): { from: number; to: number } {
	const exact = nested(params, 'created') ? undefined : integer(params, 'created')
	if (exact !== undefined) return { from: exact, to: exact }
	const range = nested(params, 'created') ?? {}
	return {
		from: Math.max(integer(range, 'gte') ?? 0, (integer(range, 'gt') ?? -1) + 1),
		to: Math.min(integer(range, 'lte') ?? Infinity, (integer(range, 'lt') ?? Infinity) - 1),
	}
}
