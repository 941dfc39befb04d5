import { z } from 'zod'

const Form = z.discriminatedUnion('intent', [
	z.object({ intent: z.literal('run') }),
	z.object({ intent: z.literal('check'), difference: z.string() }),
	z.object({ intent: z.literal('settle'), difference: z.string(), note: z.string() }),
	z.object({ intent: z.literal('upload'), statement: z.instanceof(File) }),
])
export type ReconciliationCommand = z.infer<typeof Form>

/** What the page is told after a try. `problems` are lines of a statement that cannot be read. */
export type ReconciliationResult =
	| { ok: true; message: string }
	| {
			ok: false
			message: string
			field: 'note' | 'statement' | null
			problems?: { line: number; message: string }[]
	  }

export type ReconciliationRefusal = Extract<ReconciliationResult, { ok: false }>

export function readReconciliationCommand(form: FormData): ReconciliationCommand | null {
	const parsed = Form.safeParse(Object.fromEntries(form))
	return parsed.success ? parsed.data : null
}
