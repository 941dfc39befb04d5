import { z } from 'zod'
import type { Refusal } from './payment-command.ts'

const Form = z.object({
	intent: z.enum(['approve', 'reject', 'withdraw']),
	refund: z.string().max(64),
})

export type RefundCommand = z.infer<typeof Form>
export type RefundIntent = RefundCommand['intent']
export type RefundCommandResult = { ok: true; message: string } | Refusal

export function readRefundCommand(form: FormData): RefundCommand | Refusal {
	const parsed = Form.safeParse(Object.fromEntries(form))
	if (parsed.success) return parsed.data
	const message = 'The form was not complete. Nothing was changed; please try again.'
	return { ok: false, message, field: null }
}
