import { problemResponse } from './problem.server.ts'

type Context = {
	requestId: string
	services: { logger: { error: (fields: object, message: string) => void } }
}

/** Wraps a handler in the only try/catch of the HTTP edge. */
export async function endpoint(context: Context, body: () => Promise<Response>): Promise<Response> {
	const { requestId, services } = context
	try {
		return await body()
	} catch (error) {
		return problemResponse(error, requestId, (unexpected) =>
			services.logger.error({ err: unexpected, requestId }, 'request failed'),
		)
	}
}
