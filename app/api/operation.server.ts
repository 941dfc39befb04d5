import type { RequestContext, Services } from '../compose.server.ts'
import { may } from '../domain/access/grant.ts'
import { API_OPERATIONS, type GuardedOperation, type PublicOperation } from '../domain/access/operations.ts'
import { isDomainError } from '../domain/errors/domain-error.ts'
import { authenticate, requireMay, requirePerson, type Caller } from '../http/caller.server.ts'
import { endpoint } from '../http/endpoint.server.ts'
import {
	anonymousQuota,
	countRequest,
	withQuota,
	type QuotaNote,
} from '../http/limits/quota-headers.server.ts'
import type { ApiHandler, Params } from './handler.server.ts'

/** A request's context whose services see the rows of one merchant. */
export type MerchantContext = Omit<RequestContext, 'services'> & { services: Services }

export type Call = {
	caller: Caller
	request: Request
	context: MerchantContext
	params: Params
	/** For answers that take long: whether the credentials still say the same. Rejects when that cannot be told. */
	mayStill: () => Promise<boolean>
}

const stillMay = async (again: Promise<Caller>, before: Caller, name: GuardedOperation): Promise<boolean> => {
	try {
		const now = await again
		return now.merchantId === before.merchantId && may(now.grant, API_OPERATIONS[name])
	} catch (error) {
		if (isDomainError(error)) return false
		throw error
	}
}

type Run = (call: Call) => Promise<Response>

const guarded =
	(name: GuardedOperation, run: Run, standIn: (caller: Caller) => Caller): ApiHandler =>
	async (request, context, params) => {
		const note: QuotaNote = {}
		const answer = await endpoint(context, async () => {
			const asking = await countedCaller(request, context, note)
			requireMay(asking, API_OPERATIONS[name])
			const caller = standIn(asking)
			const services = context.services.forMerchant(caller.merchantId, caller.livemode)
			const mayStill = () => stillMay(authenticate(request, context), asking, name)
			return run({ caller, request, context: { ...context, services }, params, mayStill })
		})
		return withQuota(answer, note)
	}

/** An operation of the API: who calls, whether they may, and then `run`, which sees rows of the caller's merchant only. */
export const operation = (name: GuardedOperation, run: Run): ApiHandler =>
	guarded(name, run, (caller) => caller)

/** An operation on the team, which both worlds of a business have in common: it sees the account, from either. */
export const teamOperation = (name: GuardedOperation, run: Run): ApiHandler =>
	guarded(name, run, (caller) => ({ ...caller, ...caller.account }))

/** An operation about the caller themselves, who belongs to no merchant alone. */
export const personOperation =
	(
		run: (call: { userId: string; request: Request; context: RequestContext }) => Promise<Response>,
	): ApiHandler =>
	async (request, context) => {
		const note: QuotaNote = {}
		const answer = await endpoint(context, async () => {
			const { userId } = requirePerson(await countedCaller(request, context, note))
			return run({ userId, request, context })
		})
		return withQuota(answer, note)
	}

/** Callers nobody knows are counted by where they come from, so that keys cannot be guessed at leisure. */
async function countedCaller(request: Request, context: RequestContext, note: QuotaNote): Promise<Caller> {
	const { apiLimits } = context.services
	try {
		const caller = await authenticate(request, context)
		await countRequest(apiLimits, caller.quota, note)
		return caller
	} catch (error) {
		if (isDomainError(error) && error.kind === 'unauthenticated')
			await countRequest(apiLimits, anonymousQuota(context.clientIp), note)
		throw error
	}
}

/** Gateways and balancers come as often as they must. */
const UNCOUNTED: ReadonlySet<PublicOperation> = new Set<PublicOperation>([
	'GET /health',
	'POST /webhooks/:gateway',
])

/** An operation that asks nobody who they are. */
export const publicOperation =
	(
		name: PublicOperation,
		run: (call: { request: Request; context: RequestContext; params: Params }) => Promise<Response>,
	): ApiHandler =>
	async (request, context, params) => {
		const note: QuotaNote = {}
		const answer = await endpoint(context, async () => {
			if (!UNCOUNTED.has(name))
				await countRequest(context.services.apiLimits, anonymousQuota(context.clientIp), note)
			return run({ request, context, params })
		})
		return withQuota(answer, note)
	}
