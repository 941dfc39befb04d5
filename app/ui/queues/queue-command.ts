import { z } from 'zod'

const reason = z.string().trim().min(3).max(500)

const Form = z.discriminatedUnion('intent', [
	z.object({ intent: z.literal('pause'), queue: z.string().max(80), reason }),
	z.object({ intent: z.literal('resume'), queue: z.string().max(80) }),
	z.object({ intent: z.literal('run'), queue: z.string().max(80) }),
	z.object({ intent: z.literal('redrive'), queue: z.string().max(80) }),
])
export type QueueCommand = z.infer<typeof Form>

const JobForm = z.discriminatedUnion('intent', [
	z.object({ intent: z.literal('retry') }),
	z.object({ intent: z.literal('edit'), payload: z.string().max(10_000) }),
	z.object({ intent: z.literal('cancel'), reason }),
])
export type JobCommand =
	{ intent: 'retry' } | { intent: 'edit'; payload: unknown } | { intent: 'cancel'; reason: string }

export type QueueRefusal = { ok: false; message: string; field: 'reason' | 'payload' | null }
export type QueueResult = { ok: true; message: string } | QueueRefusal

export const refuseQueue = (message: string, field: QueueRefusal['field'] = null): QueueRefusal => ({
	ok: false,
	message,
	field,
})

function readForm<T>(schema: z.ZodType<T>, form: FormData): T | QueueRefusal {
	const parsed = schema.safeParse(Object.fromEntries(form))
	if (parsed.success) return parsed.data
	return parsed.error.issues.some(({ path }) => path[0] === 'reason')
		? refuseQueue('Say why, in 3 to 500 characters; it is kept in the audit record.', 'reason')
		: refuseQueue('The form was not complete. Nothing was changed; please try again.')
}

/** The forms of the board and of one queue. */
export const readQueueCommand = (form: FormData): QueueCommand | QueueRefusal => readForm(Form, form)

/** The forms of one job; a payload is JSON, as the person typed it. */
export function readJobCommand(form: FormData): JobCommand | QueueRefusal {
	const read = readForm(JobForm, form)
	if ('ok' in read || read.intent !== 'edit') return read
	try {
		return { intent: 'edit', payload: JSON.parse(read.payload) as unknown }
	} catch {
		return refuseQueue('This is not JSON. The job was left as it is.', 'payload')
	}
}
