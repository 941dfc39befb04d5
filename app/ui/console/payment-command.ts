import { z } from 'zod'
import { REFUND_REASONS } from '#app/contracts/payments.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { parseAmount } from '../kit/parse-amount.ts'

/** The forms of the payment page. The amount is decimal text, as the person typed it. */
const Form = z.discriminatedUnion('intent', [
	z.object({
		intent: z.literal('refund'),
		amount: z.string(),
		currency: z.string().refine(isCurrency),
		reason: z.enum(REFUND_REASONS),
	}),
	z.object({
		intent: z.literal('capture'),
		amount: z.string(),
		currency: z.string().refine(isCurrency),
	}),
	z.object({ intent: z.literal('cancel') }),
	z.object({ intent: z.literal('approve') }),
	z.object({ intent: z.literal('reject'), reason: z.string().trim().min(1).max(500) }),
])

export type Intent = z.infer<typeof Form>['intent']

export type PaymentCommand =
	| { intent: 'refund'; amountMinor: bigint; reason: (typeof REFUND_REASONS)[number] }
	| { intent: 'capture'; amountMinor: bigint }
	| { intent: 'cancel' | 'approve' }
	| { intent: 'reject'; reason: string }

/** What the page is told after a try. `field` says which control the sentence belongs to. */
export type CommandResult =
	{ ok: true; intent: Intent; message: string } | { ok: false; message: string; field: 'amount' | null }

export type Refusal = Extract<CommandResult, { ok: false }>

export function readPaymentCommand(form: FormData): PaymentCommand | Refusal {
	const parsed = Form.safeParse(Object.fromEntries(form))
	if (!parsed.success) {
		return {
			ok: false,
			message: 'The form was not complete. Nothing was changed; please try again.',
			field: null,
		}
	}
	const command = parsed.data
	if (command.intent !== 'refund' && command.intent !== 'capture') return command
	const amount = parseAmount(command.amount, command.currency)
	if (!amount.ok) return { ok: false, message: amount.message, field: 'amount' }
	return command.intent === 'refund'
		? { intent: 'refund', amountMinor: amount.minor, reason: command.reason }
		: { intent: 'capture', amountMinor: amount.minor }
}
