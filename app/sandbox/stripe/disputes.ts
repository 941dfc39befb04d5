import type { Dispute } from '../books/money-shapes.ts'
import { missing, refused } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { flag, metadata, nested, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { close, escalate } from './disputing.ts'
import { list } from './listing.ts'
import { publish } from './publish.ts'

const DECIDED_AFTER_SECONDS = 600

function disputeNamed(desk: Desk, id: string): Dispute {
	const found = desk.books.disputes.get(id)
	if (!found) throw missing('dispute', id, 'dispute')
	return found
}

function mustBeOpen(dispute: Dispute): void {
	if (dispute.status === 'needs_response' || dispute.status === 'warning_needs_response') return
	throw refused('This dispute is already closed', 'dispute_already_closed')
}

const update: Handler = (desk, call) => {
	const { params } = call
	const found = disputeNamed(desk, call.id)
	const given = nested(params, 'evidence')
	const described = { ...found, metadata: metadata(params, found.metadata) }
	const submit = given !== undefined && (flag(params, 'submit') ?? true)
	if (given) mustBeOpen(found)
	const updated = desk.books.disputes.put(given ? withEvidence(described, given, submit) : described)
	publish(desk, 'charge.dispute.updated', updated)
	if (submit) desk.schedule.later(DECIDED_AFTER_SECONDS, 'dispute.decide', found.id)
	return updated
}

function withEvidence(dispute: Dispute, given: Form, submit: boolean): Dispute {
	const texts = Object.entries(given).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	)
	const evidence = { ...dispute.evidence, ...Object.fromEntries(texts) }
	const details = dispute.evidence_details
	const reviewed = dispute.status === 'needs_response' ? 'under_review' : 'warning_under_review'
	return {
		...dispute,
		evidence,
		evidence_details: {
			...details,
			has_evidence: Object.keys(evidence).length > 0,
			submission_count: details.submission_count + (submit ? 1 : 0),
		},
		status: submit ? reviewed : dispute.status,
	}
}

/** The words Stripe's testing page gives decide the case; any other evidence leaves it under review. */
export function decide(desk: Desk, id: string): void {
	const found = desk.books.disputes.get(id)
	const said = Object.values(found?.evidence ?? {})
	if (found?.status === 'under_review') {
		if (said.includes('winning_evidence')) close(desk, found, 'won')
		else if (said.includes('losing_evidence')) close(desk, found, 'lost')
	}
	if (found?.status === 'warning_under_review') {
		if (said.includes('escalate_inquiry_evidence')) escalate(desk, found)
		else close(desk, found, 'warning_closed')
	}
}

const accept: Handler = (desk, call) => {
	const found = disputeNamed(desk, call.id)
	mustBeOpen(found)
	return close(desk, found, found.status === 'needs_response' ? 'lost' : 'warning_closed')
}

const index: Handler = (desk, call) => {
	const charge = text(call.params, 'charge')
	const intent = text(call.params, 'payment_intent')
	return list(
		'/v1/disputes',
		desk.books.disputes,
		call.params,
		(row) =>
			(charge === undefined || row.charge === charge) &&
			(intent === undefined || row.payment_intent === intent),
	)
}

export const disputeRoutes: Routes = {
	'GET /v1/disputes': index,
	'GET /v1/disputes/:id': (desk, call) => disputeNamed(desk, call.id),
	'POST /v1/disputes/:id': update,
	'POST /v1/disputes/:id/close': accept,
	'GET /v1/radar/early_fraud_warnings': (desk, call) =>
		list('/v1/radar/early_fraud_warnings', desk.books.warnings, call.params),
	'GET /v1/radar/early_fraud_warnings/:id': (desk, call) => {
		const found = desk.books.warnings.get(call.id)
		if (!found) throw missing('early_fraud_warning', call.id)
		return found
	},
}
