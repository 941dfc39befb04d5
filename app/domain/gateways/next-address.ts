/** Whose pages a payer is sent to: the companies' own, as the policy of the checkout names them. */
const HOSTS = ['stripe.com', 'paypal.com']

/** The sandbox where it plays the gateways, and where their APIs are asked; null for a gateway's usual address. */
export type Asked = { sandboxUrl: string | null; apis: readonly (string | null)[] }

/**
 * Whether a browser may be sent there because a gateway said so: a page of the gateways' own over https or at the
 * address we ask them at, or of the sandbox where that plays them.
 */
export function isGatewayAddress(address: string, { sandboxUrl, apis }: Asked): boolean {
	if (!URL.canParse(address)) return false
	const { protocol, hostname, origin, username, password } = new URL(address)
	if (username !== '' || password !== '') return false
	if (sandboxUrl !== null) return origin === new URL(sandboxUrl).origin
	if (apis.some((api) => api !== null && origin === new URL(api).origin)) return true
	return protocol === 'https:' && HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}
