import { z } from 'zod'
import { SettleAttention } from '#app/contracts/attention-requests.ts'
import { AttentionId } from '#app/contracts/ids.ts'

/** The forms of the attention desk. */
const Form = z.discriminatedUnion('intent', [
	z.object({ intent: z.literal('retry'), id: AttentionId }),
	z.object({ intent: z.literal('settle'), id: AttentionId, ...SettleAttention.shape }),
])
type AttentionCommand = z.infer<typeof Form>

/** What the desk is told after a try. `id` says which item the sentence belongs to. */
export type AttentionResult =
	| { ok: true; id: string; message: string }
	| { ok: false; id: string | null; message: string; field: 'note' | null }

export function readAttentionCommand(
	form: FormData,
): AttentionCommand | Extract<AttentionResult, { ok: false }> {
	const parsed = Form.safeParse(Object.fromEntries(form))
	if (parsed.success) return parsed.data
	const id = form.get('id')
	const isNote = parsed.error.issues.some(({ path }) => path[0] === 'note')
	return {
		ok: false,
		id: typeof id === 'string' ? id : null,
		message: isNote
			? 'Write what you found and what you did, in at most 500 characters.'
			: 'The form was not complete. Nothing was changed; please try again.',
		field: isNote ? 'note' : null,
	}
}
