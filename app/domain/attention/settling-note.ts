import { passesLuhn } from '../cards/card-number.ts'

/** Notes stay in the audit record for good, where no card number may ever stand. */
export function mayBeCardNumber(note: string): boolean {
	const runs = note.match(/\d(?:[ .-]?\d){12,18}/g) ?? []
	return runs.some((text) => {
		const digits = text.replace(/\D/g, '')
		return passesLuhn(digits) || /^(4\d{15}|5[1-5]\d{14}|3[47]\d{13})$/.test(digits)
	})
}
