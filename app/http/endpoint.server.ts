import { isDomainError, type DomainError } from '../domain/errors/domain-error.ts'
import { problemResponse } from './problem.server.ts'

/** Somebody asked for what is not theirs to ask, too often, or with a signature that is not the gateway's. */
const isSuspicious = ({ kind, code }: DomainError): boolean =>
	kind === 'forbidden' || kind === 'rate_limited' || code === 'signature_invalid' || code === 'event_not_ours'

type Context = {
	requestId: string
	clientIp: string
	services: { logger: Record<'warn' | 'error', (fields: object, message: string) => void> }
}

/** Wraps a handler in the only try/catch of the HTTP edge. */
export async function endpoint(context: Context, body: () => Promise<Response>): Promise<Response> {
	const { requestId, clientIp, services } = context
	try {
		return await body()
	} catch (error) {
		if (isDomainError(error) && isSuspicious(error))
			services.logger.warn({ reason: error.code, requestId, clientIp }, 'refused')
		return problemResponse(error, requestId, (unexpected) =>
			services.logger.error({ err: unexpected, requestId }, 'request failed'),
		)
	}
}
