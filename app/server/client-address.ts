import { isIP } from 'node:net'
import type { Request } from 'express'
import type { Env } from '../config/env.server.ts'

type TrustProxy = Env['http']['trustProxy']

export const trustedHops = (trustProxy: TrustProxy): number | false => {
	if (trustProxy === 'none') return false
	return trustProxy === 'fly' ? 1 : trustProxy
}

/** On Fly only Fly-Client-IP is beyond a client's reach; elsewhere Express counts the trusted hops. */
export function clientAddress(req: Request, trustProxy: TrustProxy): string {
	const named = trustProxy === 'fly' ? (req.get('fly-client-ip') ?? '') : ''
	const address = [named, req.ip ?? '', req.socket.remoteAddress ?? ''].find((one) => isIP(one) !== 0) ?? ''
	return address.replace(/^::ffff:/, '')
}
