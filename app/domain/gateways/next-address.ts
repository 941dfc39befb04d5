/** Whose pages a payer is sent to: the companies' own, as the policy of the checkout names them. */
const HOSTS = ['stripe.com', 'paypal.com']

/**
 * Whether a browser may be sent there because a gateway said so: a page of the gateways' own over https, or of the
 * sandbox where that plays them.
 */
export function isGatewayAddress(address: string, sandboxUrl: string | null): boolean {
	if (!URL.canParse(address)) return false
	const { protocol, hostname, origin, username, password } = new URL(address)
	if (username !== '' || password !== '') return false
	if (sandboxUrl !== null) return origin === new URL(sandboxUrl).origin
	return protocol === 'https:' && HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}
