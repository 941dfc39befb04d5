import type { PayPalDispute } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Handler, Routes } from './call.ts'
import { PayPalError, refused } from './errors.ts'
import { isAnswerable, stateOf, summarise, viewDispute } from './dispute-view.ts'
import { escalate, report, resolve } from './disputing.ts'
import { disputeNamed } from './find.ts'
import { link } from './links.ts'
import { absent, list, text } from './read.ts'
import { written } from './times.ts'

const DECIDED_AFTER_SECONDS = 600
const LARGEST_PAGE = 50

function mustBeAnswerable(dispute: PayPalDispute): void {
	if (isAnswerable(dispute)) return
	throw refused(
		'ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE',
		'The dispute waits for no answer of the seller.',
	)
}

const provideEvidence: Handler = (desk, call) => {
	const found = disputeNamed(desk, call.id)
	const given = list(call.body, 'evidences')
	for (const evidence of given) text(evidence, 'notes', 2_000)
	if (given.length === 0) throw absent('/evidences')
	mustBeAnswerable(found)
	const updated = desk.clock.seconds()
	const date = written(updated)
	const documents = list(call.body, 'documents').map(({ fields }) => fields)
	const answered = desk.books.paypalDisputes.put({
		...found,
		evidences: [
			...found.evidences,
			...given.map(({ fields }) => ({
				stage: found.stage,
				date,
				given: { ...fields, ...(documents.length > 0 && { documents }) },
			})),
		],
		status: 'UNDER_REVIEW',
		updated,
	})
	report(desk, 'UPDATED', answered)
	desk.schedule.later(DECIDED_AFTER_SECONDS, 'paypal.dispute.decide', found.id)
	return done(desk, answered)
}

/** As at the Stripe twin, words in the evidence decide the case; any other claim stays under review. */
export function decide(desk: Desk, id: string): void {
	const found = desk.books.paypalDisputes.get(id)
	if (found?.status !== 'UNDER_REVIEW') return
	const said = JSON.stringify(found.evidences.filter(({ stage }) => stage === found.stage))
	if (found.stage === 'INQUIRY') {
		if (said.includes('escalate_inquiry_evidence')) escalate(desk, found)
		else resolve(desk, found, 'CANCELED_BY_BUYER')
		return
	}
	if (said.includes('winning_evidence')) resolve(desk, found, 'RESOLVED_SELLER_FAVOUR')
	else if (said.includes('losing_evidence')) resolve(desk, found, 'RESOLVED_BUYER_FAVOUR')
}

const acceptClaim: Handler = (desk, call) => {
	const found = disputeNamed(desk, call.id)
	text(call.body, 'note', 2_000)
	mustBeAnswerable(found)
	return done(desk, resolve(desk, found, 'RESOLVED_BUYER_FAVOUR'))
}

const done = (desk: Desk, { id }: PayPalDispute) => ({
	status: 200,
	body: { links: [link(desk, 'self', `/v1/customer/disputes/${id}`)] },
})

function instant({ query }: Call, name: string, fallback: number): number {
	const value = query.get(name)
	if (value === null) return fallback
	const at = Date.parse(value)
	if (!Number.isNaN(at)) return at / 1000
	throw badQuery(name, value)
}

const badQuery = (field: string, value: string): PayPalError =>
	new PayPalError('INVALID_REQUEST', [
		{
			issue: 'INVALID_PARAMETER_SYNTAX',
			description: 'The value of a field does not conform to the expected format.',
			field,
			value,
			location: 'query',
		},
	])

/** Newest first. The token of the next page is how many rows come before it. */
const index: Handler = (desk, call) => {
	const { query } = call
	const size = Number(query.get('page_size') ?? 10)
	if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) throw badQuery('page_size', String(size))
	const from = Number(Buffer.from(query.get('next_page_token') ?? 'MA==', 'base64').toString())
	if (!Number.isInteger(from)) throw badQuery('next_page_token', query.get('next_page_token') ?? '')
	const rows = desk.books.paypalDisputes.all().filter(filterOf(call)).reverse()
	const next = new URLSearchParams(query)
	next.set('next_page_token', Buffer.from(String(from + size)).toString('base64'))
	const path = '/v1/customer/disputes'
	return {
		status: 200,
		body: {
			items: rows.slice(from, from + size).map((row) => summarise(desk, row)),
			links: [
				link(desk, 'self', `${path}?${query}`),
				...(rows.length > from + size ? [link(desk, 'next', `${path}?${next}`)] : []),
			],
		},
	}
}

function filterOf(call: Call): (dispute: PayPalDispute) => boolean {
	const created = {
		from: Math.max(instant(call, 'start_time', 0), instant(call, 'create_time_after', 0)),
		to: instant(call, 'create_time_before', Infinity),
	}
	const updated = {
		from: instant(call, 'update_time_after', 0),
		to: instant(call, 'update_time_before', Infinity),
	}
	const transaction = call.query.get('disputed_transaction_id')
	const states = call.query.get('dispute_state')?.split(',')
	return (row) =>
		row.created >= Math.floor(created.from) &&
		row.created <= created.to &&
		row.updated >= Math.floor(updated.from) &&
		row.updated <= updated.to &&
		(transaction === null || row.capture === transaction) &&
		(states === undefined || states.includes(stateOf(row)))
}

export const disputeRoutes: Routes = {
	'GET /v1/customer/disputes': index,
	'GET /v1/customer/disputes/:id': (desk, call) => ({
		status: 200,
		body: viewDispute(desk, disputeNamed(desk, call.id)),
	}),
	'POST /v1/customer/disputes/:id/provide-evidence': provideEvidence,
	'POST /v1/customer/disputes/:id/accept-claim': acceptClaim,
}
