import { isDomainError } from '../domain/errors/domain-error.ts'
import { networkOf } from './limits/network.server.ts'

export type NotingDeps = { logger: { warn: (fields: object, message: string) => void } }

type Tried = {
	kind: 'password' | 'second_factor' | 'passkey' | 'step_up' | 'google'
	clientIp: string
	/** Null when nobody knows whose account it was about. */
	userId: string | null
}

/** For whoever watches over the house: somebody could not show who they are. What they typed is not in it. */
export function noteRefusal({ logger }: NotingDeps, { kind, clientIp, userId }: Tried, error: unknown): void {
	if (!isDomainError(error)) return
	const network = networkOf(clientIp)
	logger.warn(
		{ kind, reason: error.code, network, ...(userId !== null && { userId }) },
		'a log-in was refused',
	)
}
