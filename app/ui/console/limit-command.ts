import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'
import { parseAmount } from '../kit/parse-amount.ts'

const Form = z.object({
	intent: z.enum(['set', 'remove']),
	currency: z.string().trim().toLowerCase().max(3),
	amount: z.string().max(40).default(''),
})

export type LimitCommand = { currency: string; aboveMinor: bigint | null }
export type LimitResult =
	{ ok: true; message: string } | { ok: false; message: string; field: 'amount' | 'currency' | null }

/** The forms of the refund settings; a limit is decimal text, as the person typed it. */
export function readLimitCommand(form: FormData): LimitCommand | Extract<LimitResult, { ok: false }> {
	const parsed = Form.safeParse(Object.fromEntries(form))
	if (!parsed.success) return { ok: false, message: 'The form was not complete.', field: null }
	const { intent, currency, amount } = parsed.data
	if (!isCurrency(currency)) {
		const message = 'Enter the code of a currency, such as usd.'
		return { ok: false, message, field: 'currency' }
	}
	if (intent === 'remove') return { currency, aboveMinor: null }
	if (/^0+(\.0*)?$/.test(amount.trim())) return { currency, aboveMinor: 0n }
	const checked = parseAmount(amount, currency)
	if (!checked.ok) return { ok: false, message: checked.message, field: 'amount' }
	return { currency, aboveMinor: checked.minor }
}
