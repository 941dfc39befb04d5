import type { AuditFilters } from '#app/contracts/audit.ts'
import { ACTION_GROUP_NAMES } from '#app/domain/audit/action-groups.ts'

const ROW = /^[1-9]\d{0,17}$/
const LONGEST = 200

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

type Fields = Pick<URLSearchParams, 'get'>

function textIn(fields: Fields, name: string): string | undefined {
	const value = fields.get(name)?.trim().slice(0, LONGEST)
	return value && value.isWellFormed() && !value.includes('\u0000') ? value : undefined
}

function rowIn(fields: Fields, name: string): string | undefined {
	const value = fields.get(name)
	return value !== null && ROW.test(value) ? value : undefined
}

function dayIn(fields: Fields, name: string): string | undefined {
	const value = fields.get(name)
	return value !== null && isDay(value) ? value : undefined
}

/** From the URL; what cannot be a filter does not filter. */
export function auditFiltersFrom(fields: Fields): AuditFilters {
	const found = {
		by: textIn(fields, 'by'),
		group: ACTION_GROUP_NAMES.find((known) => known === fields.get('group')),
		subject: textIn(fields, 'subject'),
		from: dayIn(fields, 'from'),
		until: dayIn(fields, 'until'),
		q: textIn(fields, 'q'),
		starting_after: rowIn(fields, 'starting_after'),
		ending_before: rowIn(fields, 'ending_before'),
	}
	return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** Without the place in the list: what narrows it. */
export function narrowing({ starting_after: _, ending_before: __, ...filters }: AuditFilters): AuditFilters {
	return filters
}

export function auditLink(filters: AuditFilters): string {
	const query = new URLSearchParams(Object.entries(filters)).toString()
	return query ? `/console/audit?${query}` : '/console/audit'
}
