/** What banks read, under the names Stripe gives it. Files are not among them: everything here is text. */
export const EVIDENCE_FIELDS = [
	'product_description',
	'customer_name',
	'customer_email_address',
	'customer_purchase_ip',
	'billing_address',
	'shipping_address',
	'shipping_carrier',
	'shipping_date',
	'shipping_tracking_number',
	'service_date',
	'access_activity_log',
	'duplicate_charge_id',
	'duplicate_charge_explanation',
	'refund_policy_disclosure',
	'refund_refusal_explanation',
	'cancellation_policy_disclosure',
	'cancellation_rebuttal',
	'uncategorized_text',
] as const
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number]
export type Evidence = Readonly<Partial<Record<EvidenceField, string>>>

/** Stripe's limits, in characters. */
export const MOST_PER_FIELD = 20_000
export const MOST_IN_ALL = 150_000

export const lengthOf = (evidence: Evidence): number =>
	Object.values(evidence).reduce((sum, text) => sum + text.length, 0)

/** A draft with changes laid over it; an empty text takes its field away. */
export function withChanges(draft: Evidence, changes: Evidence): Evidence {
	const merged = { ...draft, ...changes }
	return Object.fromEntries(Object.entries(merged).filter(([, text]) => text.trim() !== ''))
}

/** What decides such a case, most telling first; everything else may be added. */
const TELLING: Readonly<Record<string, readonly EvidenceField[]>> = {
	fraudulent: ['customer_purchase_ip', 'customer_email_address', 'billing_address', 'product_description'],
	unrecognized: ['product_description', 'customer_email_address', 'customer_purchase_ip'],
	product_not_received: ['shipping_carrier', 'shipping_tracking_number', 'shipping_date', 'shipping_address'],
	product_unacceptable: ['product_description', 'refund_policy_disclosure', 'refund_refusal_explanation'],
	credit_not_processed: ['refund_policy_disclosure', 'refund_refusal_explanation'],
	duplicate: ['duplicate_charge_id', 'duplicate_charge_explanation'],
	subscription_canceled: ['cancellation_policy_disclosure', 'cancellation_rebuttal', 'access_activity_log'],
}
const USUAL: readonly EvidenceField[] = ['product_description', 'customer_email_address']

/** The fields to ask for first when the bank gives this reason; the statement is always one of them. */
export const tellingFields = (reason: string): readonly EvidenceField[] => [
	...(TELLING[reason] ?? USUAL),
	'uncategorized_text',
]
