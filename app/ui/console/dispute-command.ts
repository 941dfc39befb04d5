import { EvidenceTexts } from '#app/contracts/dispute-requests.ts'
import { EVIDENCE_FIELDS, type Evidence } from '#app/domain/disputes/evidence.ts'
import type { Refusal } from './payment-command.ts'

export type DisputeCommand = { intent: 'save' | 'submit'; changes: Evidence } | { intent: 'accept' }

/** What the page is told after a try. */
export type DisputeResult = { ok: true; message: string } | Refusal

export const refusal = (message: string): Refusal => ({ ok: false, message, field: null })

/** Browsers send line ends of two characters; what people typed has one. */
const textIn = (form: FormData, name: string): string => {
	const value = form.get(name)
	return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''
}

/** The forms of the dispute page. The form shows every field, so a field left empty is taken out of the draft. */
export function readDisputeCommand(form: FormData): DisputeCommand | Refusal {
	const intent = form.get('intent')
	if (intent === 'accept') return { intent }
	if (intent !== 'save' && intent !== 'submit') {
		return refusal('The form was not complete. Nothing was changed; please try again.')
	}
	const parsed = EvidenceTexts.safeParse(
		Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, textIn(form, name)])),
	)
	if (parsed.success) return { intent, changes: parsed.data }
	return refusal('A text is too long: each field takes 20,000 characters, all of them together 150,000.')
}
