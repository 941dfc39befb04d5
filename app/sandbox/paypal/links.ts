import type { Sandbox } from '../sandbox.ts'

export interface Link {
	href: string
	rel: string
	method: 'GET' | 'POST' | 'PATCH'
}

/** `path` as PayPal has it: here everything of PayPal's lies below one prefix. */
export const link = (
	{ publicUrl }: Sandbox,
	rel: string,
	path: string,
	method: Link['method'] = 'GET',
): Link => ({ href: `${publicUrl()}/paypal${path}`, rel, method })
