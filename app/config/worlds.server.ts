import type { Settings } from './settings.server.ts'

const SANDBOX_SECRET_KEY = 'sk_test_sandbox_tillhouse'
const SANDBOX_PUBLISHABLE_KEY = 'pk_test_sandbox_tillhouse'
const SANDBOX_PAYPAL = {
	clientId: 'sandbox_paypal_client',
	clientSecret: 'sandbox_paypal_secret',
	webhookId: 'WH-SANDBOX',
}
const PAYPAL_API = { live: 'https://api-m.paypal.com', test: 'https://api-m.sandbox.paypal.com' }

export type WorldName = 'test' | 'live'

export const worldName = (livemode: boolean): WorldName => (livemode ? 'live' : 'test')

type StripeKeys = { secretKey: string; publishableKey: string; webhookSecrets: string[] }
type PayPalKeys = { clientId: string; clientSecret: string; webhookId: string | null }

export const isLiveKey = (key: string): boolean => key.includes('_live_')

/** The settings without LIVE in their names hold one pair of keys, which goes where its own mode says. */
function stripeKeys(settings: Settings, world: WorldName): StripeKeys | null {
	const {
		STRIPE_SECRET_KEY: secretKey,
		STRIPE_PUBLISHABLE_KEY: publishableKey = '',
		STRIPE_WEBHOOK_SECRET: webhookSecrets,
	} = settings
	const { STRIPE_LIVE_SECRET_KEY: liveKey } = settings
	if (world === 'live' && liveKey !== undefined) {
		return {
			secretKey: liveKey,
			publishableKey: settings.STRIPE_LIVE_PUBLISHABLE_KEY ?? '',
			webhookSecrets: settings.STRIPE_LIVE_WEBHOOK_SECRET,
		}
	}
	const isOfWorld = secretKey !== undefined && isLiveKey(secretKey) === (world === 'live')
	return isOfWorld ? { secretKey, publishableKey, webhookSecrets } : null
}

function payPalKeys(settings: Settings, world: WorldName): PayPalKeys | null {
	const { PAYPAL_CLIENT_ID: clientId, PAYPAL_LIVE_CLIENT_ID: liveId } = settings
	if (world === 'live' && liveId !== undefined) {
		return {
			clientId: liveId,
			clientSecret: settings.PAYPAL_LIVE_CLIENT_SECRET ?? '',
			webhookId: settings.PAYPAL_LIVE_WEBHOOK_ID ?? null,
		}
	}
	const isOfWorld = clientId !== undefined && (settings.PAYPAL_ENVIRONMENT === 'live') === (world === 'live')
	if (!isOfWorld) return null
	return {
		clientId,
		clientSecret: settings.PAYPAL_CLIENT_SECRET ?? '',
		webhookId: settings.PAYPAL_WEBHOOK_ID ?? null,
	}
}

/** The sandbox stands in for test money only, and not where production forbids it or one pair of live keys is all there is. */
const mayUseSandbox = (settings: Settings, world: WorldName): boolean =>
	world === 'test' &&
	settings.STRIPE_SECRET_KEY === undefined &&
	settings.PAYPAL_CLIENT_ID === undefined &&
	(settings.NODE_ENV !== 'production' || settings.ALLOW_SANDBOX)

function stripeOf(settings: Settings, world: WorldName, isPlayed: boolean) {
	const keys = stripeKeys(settings, world)
	return {
		state: keys ? world : stateWithoutKeys(isPlayed),
		secretKey: keys?.secretKey ?? SANDBOX_SECRET_KEY,
		publishableKey: keys?.publishableKey ?? SANDBOX_PUBLISHABLE_KEY,
		// The sandbox signs with what is set for test money.
		webhookSecrets: keys?.webhookSecrets ?? (isPlayed ? settings.STRIPE_WEBHOOK_SECRET : []),
		apiBase: settings.STRIPE_API_BASE ?? (isPlayed ? settings.SANDBOX_URL : null),
		timeoutMs: settings.GATEWAY_TIMEOUT_MS,
	}
}

function payPalOf(settings: Settings, world: WorldName, isPlayed: boolean) {
	const keys = payPalKeys(settings, world)
	const itsOwn = isPlayed ? `${settings.SANDBOX_URL}/paypal` : PAYPAL_API[world]
	return {
		state: keys ? world : stateWithoutKeys(isPlayed),
		clientId: keys?.clientId ?? SANDBOX_PAYPAL.clientId,
		clientSecret: keys?.clientSecret ?? SANDBOX_PAYPAL.clientSecret,
		webhookId: isPlayed ? SANDBOX_PAYPAL.webhookId : (keys?.webhookId ?? null),
		apiBase: settings.PAYPAL_API_BASE ?? itsOwn,
		brandName: settings.PAYPAL_BRAND_NAME ?? null,
		timeoutMs: settings.GATEWAY_TIMEOUT_MS,
	}
}

const stateWithoutKeys = (isPlayed: boolean): 'sandbox' | 'missing_key' =>
	isPlayed ? 'sandbox' : 'missing_key'

/** How each gateway is reached in one world. Without keys it is not asked for anything. */
export function worldOf(settings: Settings, world: WorldName) {
	const isPlayed = mayUseSandbox(settings, world)
	return {
		stripe: stripeOf(settings, world, isPlayed),
		paypal: payPalOf(settings, world, isPlayed),
		sandbox: isPlayed ? { url: settings.SANDBOX_URL } : null,
	}
}

export type WorldSettings = ReturnType<typeof worldOf>

export const isConnected = ({ stripe, paypal }: WorldSettings): boolean =>
	stripe.state !== 'missing_key' || paypal.state !== 'missing_key'
