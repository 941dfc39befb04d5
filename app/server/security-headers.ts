import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'
import type { Env } from '../config/env.server.ts'

const ONE_YEAR_SECONDS = 31_536_000

type PaymentHosts = { script: string[]; connect: string[]; frame: string[]; image: string[] }

/**
 * As Stripe asks for its script, its forms and the bank's question (docs.stripe.com/security/guide). The forms of
 * cards, accounts and wallets are frames of js.stripe.com: what they load answers to their own policy.
 */
const STRIPE: PaymentHosts = {
	script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
	connect: ['https://api.stripe.com'],
	frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
	image: ['https://*.stripe.com'],
}

/**
 * The same on every page: a client-side navigation to the checkout keeps the first page's policy. PayPal needs none of
 * these: the browser goes there as a whole, and none of its scripts runs here. Without keys of Stripe nothing of Stripe
 * may run either.
 */
function paymentHosts(env: Env): PaymentHosts {
	if (env.sandbox) {
		const { url } = env.sandbox
		return { script: [], connect: [], frame: [url], image: [] }
	}
	return env.stripe.state === 'missing_key'
		? { script: [], connect: [], frame: ["'none'"], image: [] }
		: STRIPE
}

/** Sets the nonce that the render of the same request gives to its inline scripts. */
export const createNonce: RequestHandler = (_req, res, next) => {
	res.locals['nonce'] = randomBytes(16).toString('base64')
	next()
}

export const nonceOf = (res: Response): string => (res.locals as { nonce?: string }).nonce ?? ''

export function securityHeaders(env: Env): RequestHandler[] {
	const isHttps = env.http.baseUrl.startsWith('https:')
	return [
		createNonce,
		helmet({
			contentSecurityPolicy: { useDefaults: false, directives: contentPolicy(env) },
			strictTransportSecurity: isHttps && { maxAge: ONE_YEAR_SECONDS, includeSubDomains: true },
			referrerPolicy: { policy: 'strict-origin' },
			frameguard: { action: 'deny' },
		}),
		permissionsPolicy(env),
	]
}

/** Answers of the API carry no page, so their policy needs no nonce and costs nothing per request. */
export function apiHeaders(env: Env): RequestHandler {
	const headers: Record<string, string> = {
		'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
		'referrer-policy': 'strict-origin',
		'x-content-type-options': 'nosniff',
		'cache-control': 'no-store',
	}
	if (env.http.baseUrl.startsWith('https:')) {
		headers['strict-transport-security'] = `max-age=${ONE_YEAR_SECONDS}; includeSubDomains`
	}
	return (_req, res, next) => {
		res.set(headers)
		next()
	}
}

function contentPolicy(env: Env) {
	const { script, connect, frame, image } = paymentHosts(env)
	const nonce = (_req: unknown, res: unknown) => `'nonce-${nonceOf(res as Response)}'`
	// Vite pushes styles and updates past the document, without our nonce.
	const isDevelopment = env.mode === 'development'
	return {
		defaultSrc: ["'none'"],
		scriptSrc: ["'self'", nonce, ...script],
		connectSrc: ["'self'", ...connect, ...(isDevelopment ? ['ws:'] : [])],
		frameSrc: frame,
		imgSrc: ["'self'", 'data:', ...image],
		styleSrc: ["'self'", isDevelopment ? "'unsafe-inline'" : nonce],
		// Server-rendered style attributes, as charts and progress bars have them; style elements stay guarded.
		styleSrcAttr: ["'unsafe-inline'"],
		fontSrc: ["'self'"],
		manifestSrc: ["'self'"],
		workerSrc: ["'self'"],
		formAction: ["'self'"],
		baseUri: ["'none'"],
		objectSrc: ["'none'"],
		frameAncestors: ["'none'"],
	}
}

function permissionsPolicy(env: Env): RequestHandler {
	const [form] = paymentHosts(env).frame
	const value = `payment=(self${form === "'none'" ? '' : ` "${form}"`}), camera=(), microphone=(), geolocation=(), usb=()`
	return (_req, res, next) => {
		res.setHeader('Permissions-Policy', value)
		next()
	}
}
