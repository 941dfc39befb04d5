import { AsyncLocalStorage } from 'node:async_hooks'

/** The request that somebody acts in, for the audit record. */
export type ActingRequest = {
	requestId: string
	/** The network the client came from; null when it is not known. */
	network: string | null
}

const acting = new AsyncLocalStorage<ActingRequest | null>()

export const actIn = <T>(request: ActingRequest, work: () => T): T => acting.run(request, work)

/** For work that a request only sets off, such as a job of somebody else that was waiting. */
export const actInNone = <T>(work: () => T): T => acting.run(null, work)

export const actingRequest = (): ActingRequest | null => acting.getStore() ?? null
