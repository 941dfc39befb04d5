import type { Composed, RequestContext } from '../compose.server.ts'
import { endpoint } from '../http/endpoint.server.ts'
import { failureToKeep } from '../http/problem.server.ts'

export type Params = Readonly<Record<string, string | undefined>>

/** One endpoint of the API. Both doors, the fast lane and Remix, open on the same function. */
export type ApiHandler = (request: Request, context: RequestContext, params: Params) => Promise<Response>

/** Gives a handler that is no operation of the API the one place where its errors become answers. */
export const handler =
	(run: ApiHandler): ApiHandler =>
	(request, context, params) =>
		endpoint(context, () => run(request, context, params))

/** For a request that waits after its commit: what is kept for its key when the wait fails. */
export const failedIn = ({
	requestId,
	services,
}: Pick<RequestContext, 'requestId'> & { services: Pick<Composed, 'logger'> }) =>
	failureToKeep(requestId, (error) => services.logger.error({ err: error, requestId }, 'request failed'))

/** An answer whose body is kept as text, so that a replay is the same byte for byte. */
export const jsonText = (status: number, body: string, headers: Record<string, string> = {}): Response =>
	new Response(body, {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
	})

export const json = (value: unknown, status = 200): Response => jsonText(status, JSON.stringify(value))
