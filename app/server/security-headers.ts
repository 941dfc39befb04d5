import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'
import type { Env } from '../config/env.server.ts'
import { NO_HOSTS, paymentHosts, type PaymentHosts } from './payment-hosts.ts'

const ONE_YEAR_SECONDS = 31_536_000
/** Every answer has these, whoever made it. */
const ALWAYS = {
	'referrer-policy': 'strict-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	'permissions-policy': permissionsPolicy(NO_HOSTS),
	/** Of answers that are no page: nothing in them may run. A page replaces it. */
	'content-security-policy':
		"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

/** Sets the nonce that the render of the same request gives to its inline scripts. */
export const createNonce: RequestHandler = (_req, res, next) => {
	res.locals['nonce'] = randomBytes(16).toString('base64')
	next()
}

export const nonceOf = (res: Response): string => (res.locals as { nonce?: string }).nonce ?? ''

/** In front of everything: the headers of an answer that is no page. They cost no nonce. */
export function answerHeaders(env: Env): RequestHandler {
	const headers: Record<string, string> = { ...ALWAYS }
	if (env.http.baseUrl.startsWith('https:')) {
		headers['strict-transport-security'] = `max-age=${ONE_YEAR_SECONDS}; includeSubDomains`
	}
	return (_req, res, next) => {
		res.set(headers)
		next()
	}
}

export const neverStored: RequestHandler = (_req, res, next) => {
	res.setHeader('cache-control', 'no-store')
	next()
}

const isCheckout = (path: string): boolean => /^\/checkout(\/|$)/i.test(path)
/** A browser holds where a form leads on to against the policy as well, and these lead on to Google. */
const leadsToGoogle = (path: string): boolean => /^\/(login|signup)\/?$/i.test(path)

/**
 * Pages: a policy with the nonce of this answer. Hosts of gateways are named on the checkout alone. A browser keeps the
 * policy of the document it loaded, so ways into the checkout and out of it load a document.
 */
export function pageHeaders(env: Env): RequestHandler[] {
	const checkout = paymentHosts(env)
	const policy = (hosts: PaymentHosts, forms: readonly string[] = []) =>
		helmet.contentSecurityPolicy({ useDefaults: false, directives: contentPolicy(env, hosts, forms) })
	const [payments, others] = [policy(checkout), policy(NO_HOSTS)]
	const signingIn = env.google ? policy(NO_HOSTS, [new URL(env.google.issuer).origin]) : others
	return [
		createNonce,
		(req, res, next) => {
			if (leadsToGoogle(req.path)) return signingIn(req, res, next)
			if (!isCheckout(req.path)) return others(req, res, next)
			res.setHeader('permissions-policy', permissionsPolicy(checkout))
			if (checkout.opensWindows) res.setHeader('cross-origin-opener-policy', 'same-origin-allow-popups')
			return payments(req, res, next)
		},
	]
}

function contentPolicy(env: Env, { script, connect, frame, image }: PaymentHosts, forms: readonly string[]) {
	const nonce = (_req: unknown, res: unknown) => `'nonce-${nonceOf(res as Response)}'`
	// Vite pushes styles and updates past the document, without our nonce.
	const isDevelopment = env.mode === 'development'
	return {
		defaultSrc: ["'none'"],
		scriptSrc: ["'self'", nonce, ...script],
		connectSrc: ["'self'", ...connect, ...(isDevelopment ? ['ws:'] : [])],
		frameSrc: frame.length > 0 ? frame : ["'none'"],
		imgSrc: ["'self'", 'data:', ...image],
		styleSrc: ["'self'", isDevelopment ? "'unsafe-inline'" : nonce],
		// Server-rendered style attributes, as charts and progress bars have them; style elements stay guarded.
		styleSrcAttr: ["'unsafe-inline'"],
		fontSrc: ["'self'"],
		manifestSrc: ["'self'"],
		workerSrc: ["'self'"],
		formAction: ["'self'", ...forms],
		baseUri: ["'none'"],
		objectSrc: ["'none'"],
		frameAncestors: ["'none'"],
	}
}

function permissionsPolicy({ sheets }: PaymentHosts): string {
	const payers = sheets.length === 0 ? '' : ['self', ...sheets.map((form) => `"${form}"`)].join(' ')
	return `payment=(${payers}), camera=(), microphone=(), geolocation=(), usb=()`
}
