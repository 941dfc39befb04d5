import { PlugZap } from 'lucide-react'
import { Banner } from '../kit/banner.tsx'
import { useWorld } from './world.tsx'

const NAMES = {
	live: [
		'STRIPE_LIVE_SECRET_KEY, STRIPE_LIVE_PUBLISHABLE_KEY and STRIPE_LIVE_WEBHOOK_SECRET',
		'PAYPAL_LIVE_CLIENT_ID, PAYPAL_LIVE_CLIENT_SECRET and PAYPAL_LIVE_WEBHOOK_ID',
	],
	test: [
		'STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET',
		'PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_WEBHOOK_ID',
	],
} as const

/** In a world without any company behind it: what that means, and what to set. */
export function NothingToPayWith() {
	const { livemode, isConnected } = useWorld()
	if (isConnected) return null
	const [stripe, paypal] = NAMES[livemode ? 'live' : 'test']
	return (
		<Banner tone="warn" icon={PlugZap} role="status" className="mb-4">
			<p className="font-medium">Nobody can pay you in {livemode ? 'live' : 'test'} mode yet.</p>
			<p className="wrap-anywhere">
				No payment company is connected here, so every payment is refused before any money moves. Whoever runs
				this house sets {stripe}, or {paypal}, and starts it again. Everything else can be set up already.
			</p>
		</Banner>
	)
}
