import { z } from 'zod'
import { FindPayer } from '#app/contracts/privacy.ts'

export type PrivacyRefusal = { ok: false; message: string; field: 'who' | 'confirm' | 'reason' | null }
export type EraseResult = { ok: true; message: string } | PrivacyRefusal

/** What somebody types before a payer is erased. */
export const CONFIRM_WORD = 'erase'

const WHO = 'Enter the whole e-mail address of a payer, or the id of one of their payments.'

/** An e-mail address or the id of a payment, in one field. */
export function readWanted(form: FormData): { email: string } | { payment: string } | PrivacyRefusal {
	const who = String(form.get('who') ?? '').trim()
	const parsed = FindPayer.safeParse(who.includes('@') ? { email: who } : { payment: who })
	if (!parsed.success) return { ok: false, message: WHO, field: 'who' }
	const { email, payment } = parsed.data
	return email === undefined ? { payment: payment ?? '' } : { email }
}

const Erase = z.object({
	intent: z.literal('erase'),
	confirm: z.string().trim().toLowerCase(),
	reason: z.string().trim().max(500),
})

export function readErase(form: FormData): { reason: string } | PrivacyRefusal {
	const parsed = Erase.safeParse(Object.fromEntries(form))
	if (!parsed.success) return { ok: false, message: 'The form was not complete.', field: null }
	const { confirm, reason } = parsed.data
	if (reason === '') return { ok: false, message: 'Say why: it is kept with the request.', field: 'reason' }
	if (confirm !== CONFIRM_WORD) {
		const message = `Type “${CONFIRM_WORD}”: this cannot be taken back.`
		return { ok: false, message, field: 'confirm' }
	}
	return { reason }
}
