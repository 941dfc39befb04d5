import { EVIDENCE_FIELDS } from '../../domain/disputes/evidence.ts'

/** PayPal's limits on one piece of evidence, and on one answer. */
const MOST_NOTES = 2_000
const MOST_PIECES = 100

type Given = Readonly<Record<string, string>>

const titleOf = (field: string): string => field.replaceAll('_', ' ')

/** Long texts go as several pieces, so that none is cut off. */
const pieces = (text: string): string[] =>
	Array.from({ length: Math.ceil(text.length / MOST_NOTES) }, (_, at) =>
		text.slice(at * MOST_NOTES, (at + 1) * MOST_NOTES),
	)

function fulfilment(evidence: Given): object[] {
	const { shipping_tracking_number: tracking_number, shipping_carrier: carrier } = evidence
	if (!tracking_number) return []
	const parcel = { carrier_name: 'OTHER', carrier_name_other: carrier ?? 'unknown', tracking_number }
	return [{ evidence_type: 'PROOF_OF_FULFILLMENT', evidence_info: { tracking_info: [parcel] } }]
}

/** Our evidence as PayPal takes it: the parcel in fields of its own, everything else as notes under their names. */
export function evidenceOnWire(evidence: Given): { evidences: object[] } {
	const text = EVIDENCE_FIELDS.flatMap((field) => {
		const said = evidence[field]
		return said ? [`${titleOf(field)}: ${said}`] : []
	}).join('\n')
	const notes = pieces(text).map((part) => ({ evidence_type: 'OTHER', notes: part }))
	return { evidences: [...fulfilment(evidence), ...notes].slice(0, MOST_PIECES) }
}
