import {
	EVIDENCE_FIELDS,
	tellingFields,
	type Evidence,
	type EvidenceField,
} from '#app/domain/disputes/evidence.ts'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Textarea } from '../kit/textarea.tsx'

type Words = { label: string; hint?: string; rows?: number }

const WORDS: Record<EvidenceField, Words> = {
	product_description: { label: 'What was sold', rows: 3 },
	customer_name: { label: 'Customer’s name' },
	customer_email_address: { label: 'Customer’s e-mail address' },
	customer_purchase_ip: { label: 'IP address of the order' },
	billing_address: { label: 'Billing address', rows: 3 },
	shipping_address: { label: 'Shipping address', rows: 3 },
	shipping_carrier: { label: 'Carrier', hint: 'Who delivered it, such as DHL.' },
	shipping_date: { label: 'Date of shipping' },
	shipping_tracking_number: { label: 'Tracking number' },
	service_date: { label: 'Date of the service', hint: 'When it was used or done.' },
	access_activity_log: {
		label: 'Log of use',
		hint: 'Who downloaded or used it, when and from where.',
		rows: 4,
	},
	duplicate_charge_id: { label: 'The other charge', hint: 'Its id, if it is taken for a duplicate.' },
	duplicate_charge_explanation: { label: 'Why the two charges are not the same', rows: 3 },
	refund_policy_disclosure: { label: 'How the customer was told your refund policy', rows: 3 },
	refund_refusal_explanation: { label: 'Why there was no refund', rows: 3 },
	cancellation_policy_disclosure: { label: 'How the customer was told your cancellation policy', rows: 3 },
	cancellation_rebuttal: { label: 'Why the subscription was not canceled', rows: 3 },
	uncategorized_text: {
		label: 'Statement',
		hint: 'Receipt and story, filled in from this payment. Add in your own words why the payment is right.',
		rows: 14,
	},
}

function EvidenceControl({
	name,
	value,
	disabled,
}: {
	name: EvidenceField
	value: string
	disabled: boolean
}) {
	const { label, hint, rows } = WORDS[name]
	const shared = { name, defaultValue: value, maxLength: 20_000, readOnly: disabled }
	return (
		<Field label={label} hint={hint}>
			{(control) =>
				rows ? (
					<Textarea {...control} {...shared} rows={rows} className={rows > 5 ? 'font-mono text-sm' : ''} />
				) : (
					<Input {...control} {...shared} autoComplete="off" />
				)
			}
		</Field>
	)
}

type EvidenceFieldsProps = { reason: string; values: Evidence; disabled: boolean }

/** What decides such a case stands first; the rest waits behind a line that opens. */
export function EvidenceFields({ reason, values, disabled }: EvidenceFieldsProps) {
	const telling = tellingFields(reason)
	const others = EVIDENCE_FIELDS.filter((name) => !telling.includes(name))
	const control = (name: EvidenceField) => (
		<EvidenceControl key={name} name={name} value={values[name] ?? ''} disabled={disabled} />
	)
	return (
		<div className="grid gap-4">
			{telling.map(control)}
			<details className="group" open={others.some((name) => values[name] !== undefined)}>
				<summary className="w-fit rounded-sm text-sm text-muted hover:text-ink pointer-coarse:min-h-9">
					More fields banks read
				</summary>
				<div className="mt-4 grid gap-4">{others.map(control)}</div>
			</details>
		</div>
	)
}
