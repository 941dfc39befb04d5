import type { RequestContext, Services } from '../compose.server.ts'
import { API_OPERATIONS, type GuardedOperation, type PublicOperation } from '../domain/access/operations.ts'
import { authenticate, requireMay, type Caller } from '../http/caller.server.ts'
import { endpoint } from '../http/endpoint.server.ts'
import type { ApiHandler, Params } from './handler.server.ts'

/** A request's context whose services see the rows of one merchant. */
export type MerchantContext = Omit<RequestContext, 'services'> & { services: Services }

export type Call = { caller: Caller; request: Request; context: MerchantContext; params: Params }

/** An operation of the API: who calls, whether they may, and then `run`, which sees rows of the caller's merchant only. */
export const operation =
	(name: GuardedOperation, run: (call: Call) => Promise<Response>): ApiHandler =>
	(request, context, params) =>
		endpoint(context, async () => {
			const caller = await authenticate(request, context)
			requireMay(caller, API_OPERATIONS[name])
			const services = context.services.forMerchant(caller.merchantId)
			return run({ caller, request, context: { ...context, services }, params })
		})

/** An operation that asks nobody who they are. */
export const publicOperation =
	(
		_name: PublicOperation,
		run: (call: { request: Request; context: RequestContext; params: Params }) => Promise<Response>,
	): ApiHandler =>
	(request, context, params) =>
		endpoint(context, () => run({ request, context, params }))
