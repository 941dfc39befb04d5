export type JobSubject = { kind: 'payment' | 'refund' | 'dispute' | 'attempt' | 'message'; id: string }

/** Under which name of a payload the thing stands that the job is about. */
const NAMED: Readonly<Record<string, JobSubject['kind']>> = {
	paymentId: 'payment',
	refundId: 'refund',
	disputeId: 'dispute',
	attemptId: 'attempt',
	inboxId: 'message',
}

/** What a job is about, read from its payload; null for rounds, which are about everything. */
export function subjectOf(payload: unknown): JobSubject | null {
	if (payload === null || typeof payload !== 'object') return null
	for (const [name, id] of Object.entries(payload)) {
		const kind = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
		if (kind && typeof id === 'string') return { kind, id }
	}
	return null
}
