import { z } from 'zod'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import { declineMessage } from './decline-message.ts'

const Link = z.object({ rel: z.string(), href: z.string() })
const Detail = z.object({ issue: z.string(), description: z.string().optional() })

const Failure = z.object({ statusCode: z.number(), body: z.string() })

const Said = z.object({
	name: z.string(),
	message: z.string().optional(),
	details: z.array(Detail).optional(),
	links: z.array(Link).optional(),
})

/** The SDK reads only the errors it expects; the text is always there. */
function saidIn(body: string): z.output<typeof Said> | null {
	try {
		return Said.safeParse(JSON.parse(body)).data ?? null
	} catch {
		return null
	}
}

/** What PayPal said when it did not do what was asked. */
export type Problem = {
	status: number
	/** The most specific word there is: the issue, or the name of the error. */
	issue: string
	description: string | null
	/** Where the payer goes on, when the answer names a place. */
	payerUrl: string | null
}

/** An answer of PayPal's that can be read; null for everything else: no answer, half of one, somebody else's. */
export function problemOf(error: unknown): Problem | null {
	const failure = Failure.safeParse(error).data
	const said = failure && saidIn(failure.body)
	if (!said) return null
	const [detail] = said.details ?? []
	const link = said.links?.find(({ rel }) => rel === 'payer-action' || rel === 'redirect')
	return {
		status: failure.statusCode,
		issue: detail?.issue ?? said.name,
		description: detail?.description ?? said.message ?? null,
		payerUrl: link?.href ?? null,
	}
}

export const reasonOf = (error: unknown): string =>
	problemOf(error)?.issue ?? (error instanceof Error ? error.message : 'unreadable answer')

export const isMissing = (error: unknown): boolean => problemOf(error)?.status === 404

/** The like of the call has been done: whether it took money, only the order itself can say. */
const DONE_BEFORE: ReadonlySet<string> = new Set([
	'AUTHORIZATION_ALREADY_CAPTURED',
	'ORDER_ALREADY_AUTHORIZED',
	'ORDER_ALREADY_CAPTURED',
	'ORDER_ALREADY_COMPLETED',
	'ORDER_COMPLETED_OR_VOIDED',
	'PREVIOUSLY_CAPTURED',
])
/** Another call of ours, done or under way, stands in the way of this one; what it did is not known. */
const IN_THE_WAY: ReadonlySet<string> = new Set([
	'DUPLICATE_INVOICE_ID',
	'DUPLICATE_REQUEST_ID',
	'ORDER_COMPLETION_IN_PROGRESS',
	'PREVIOUS_REQUEST_IN_PROGRESS',
])

const isJudged = ({ status }: Problem): boolean => status === 400 || status === 422

/** PayPal has judged the request and says no; 401, 403, 404, 409 and 429 say nothing about the money. */
export const isRefusal = (problem: Problem): boolean =>
	isJudged(problem) && !DONE_BEFORE.has(problem.issue) && !IN_THE_WAY.has(problem.issue)

/** PayPal says that the order is not where the call would find it; where it is, the order tells. */
export const pointsAtTheOrder = (problem: Problem): boolean =>
	isJudged(problem) && (DONE_BEFORE.has(problem.issue) || problem.issue === 'ORDER_NOT_APPROVED')

/** The payer may go on with the same order: to another way of paying, or to a question of the bank. */
const PAYER_MAY_GO_ON: ReadonlySet<string> = new Set([
	'INSTRUMENT_DECLINED',
	'PAYER_ACTION_REQUIRED',
	'REDIRECT_PAYER_FOR_ALTERNATE_FUNDING',
])

export const declinedWith = (ref: string | null, code: string, message: string): GatewayOutcome => ({
	kind: 'declined',
	ref,
	code,
	declineCode: null,
	message,
})

/** What a failed call says about the money. Only a refusal proves that nothing was charged; everything else is unknown. */
export function readFailure(error: unknown, ref: string | null): GatewayOutcome {
	const problem = problemOf(error)
	if (problem === null || !isRefusal(problem)) return { kind: 'unknown', ref, reason: reasonOf(error) }
	const { issue, description, payerUrl } = problem
	if (ref !== null && payerUrl !== null && PAYER_MAY_GO_ON.has(issue)) {
		return { kind: 'action_needed', ref, url: payerUrl }
	}
	const said = `PayPal refused the payment: ${description ?? issue} Nothing was charged.`
	return declinedWith(ref, issue, declineMessage(issue, null, said))
}
