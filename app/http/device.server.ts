import { networkOf } from './limits/network.server.ts'

export type Device = { userAgent: string | null; network: string }

const LONGEST = 300

/** What a session is recognised by in the list of one's devices. */
export const deviceOf = (request: Request, clientIp: string): Device => ({
	userAgent: request.headers.get('user-agent')?.slice(0, LONGEST) ?? null,
	network: networkOf(clientIp),
})
