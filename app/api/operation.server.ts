import type { RequestContext, Services } from '../compose.server.ts'
import { may } from '../domain/access/grant.ts'
import { API_OPERATIONS, type GuardedOperation, type PublicOperation } from '../domain/access/operations.ts'
import { isDomainError } from '../domain/errors/domain-error.ts'
import { authenticate, requireMay, type Caller } from '../http/caller.server.ts'
import { endpoint } from '../http/endpoint.server.ts'
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

/** An operation of the API: who calls, whether they may, and then `run`, which sees rows of the caller's merchant only. */
export const operation =
	(name: GuardedOperation, run: (call: Call) => Promise<Response>): ApiHandler =>
	(request, context, params) =>
		endpoint(context, async () => {
			const caller = await authenticate(request, context)
			requireMay(caller, API_OPERATIONS[name])
			const services = context.services.forMerchant(caller.merchantId)
			const mayStill = () => stillMay(authenticate(request, context), caller, name)
			return run({ caller, request, context: { ...context, services }, params, mayStill })
		})

/** An operation that asks nobody who they are. */
export const publicOperation =
	(
		_name: PublicOperation,
		run: (call: { request: Request; context: RequestContext; params: Params }) => Promise<Response>,
	): ApiHandler =>
	(request, context, params) =>
		endpoint(context, () => run({ request, context, params }))
