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

/** How each gateway is reached in one world. Without keys it is not asked for anything. */
export function worldOf(settings: Settings, world: WorldName) {
	const stripe = stripeKeys(settings, world)
	const paypal = payPalKeys(settings, world)
	const isPlayed = mayUseSandbox(settings, world)
	const withoutKeys = isPlayed ? ('sandbox' as const) : ('missing_key' as const)
	const { GATEWAY_TIMEOUT_MS: timeoutMs, SANDBOX_URL: sandboxUrl } = settings
	return {
		stripe: {
			state: stripe ? world : withoutKeys,
			secretKey: stripe?.secretKey ?? SANDBOX_SECRET_KEY,
			publishableKey: stripe?.publishableKey ?? SANDBOX_PUBLISHABLE_KEY,
			// The sandbox signs with what is set for test money.
			webhookSecrets: stripe?.webhookSecrets ?? (isPlayed ? settings.STRIPE_WEBHOOK_SECRET : []),
			apiBase: settings.STRIPE_API_BASE ?? (isPlayed ? sandboxUrl : null),
			timeoutMs,
		},
		paypal: {
			state: paypal ? world : withoutKeys,
			clientId: paypal?.clientId ?? SANDBOX_PAYPAL.clientId,
			clientSecret: paypal?.clientSecret ?? SANDBOX_PAYPAL.clientSecret,
			webhookId: isPlayed ? SANDBOX_PAYPAL.webhookId : (paypal?.webhookId ?? null),
			apiBase: settings.PAYPAL_API_BASE ?? (isPlayed ? `${sandboxUrl}/paypal` : PAYPAL_API[world]),
			brandName: settings.PAYPAL_BRAND_NAME ?? null,
			timeoutMs,
		},
		sandbox: isPlayed ? { url: sandboxUrl } : null,
	}
}

export type WorldSettings = ReturnType<typeof worldOf>

export const isConnected = ({ stripe, paypal }: WorldSettings): boolean =>
	stripe.state !== 'missing_key' || paypal.state !== 'missing_key'
