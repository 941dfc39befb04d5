import type { Problem, SettingName, Settings } from './settings.server.ts'
import { isConnected, isLiveKey, worldOf } from './worlds.server.ts'

/** Keys that belong together, stand in the right world, and cannot be mistaken for the other's. */
export const gatewayKeyProblems = (settings: Settings): Problem[] => [
	...PAIRS.flatMap(([one, other]) => pairProblems(settings, one, other)),
	...stripeModeProblems(settings),
	...modeProblems(settings),
	...misplacedProblems(settings),
	...mistakableProblems(settings),
	...limitProblems(settings),
]

const PAIRS = [
	['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY'],
	['STRIPE_LIVE_SECRET_KEY', 'STRIPE_LIVE_PUBLISHABLE_KEY'],
	['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET'],
	['PAYPAL_LIVE_CLIENT_ID', 'PAYPAL_LIVE_CLIENT_SECRET'],
] as const

function pairProblems(settings: Settings, one: SettingName, other: SettingName): Problem[] {
	const [missing, given] = settings[one] ? [other, one] : [one, other]
	if (!settings[given] || settings[missing]) return []
	return [{ setting: missing, reason: `is missing, but ${given} is set` }]
}

function stripeModeProblems({
	STRIPE_SECRET_KEY: secret,
	STRIPE_PUBLISHABLE_KEY: publishable,
}: Settings): Problem[] {
	if (!secret || !publishable || isLiveKey(secret) === isLiveKey(publishable)) return []
	const reason = 'is of another mode than STRIPE_SECRET_KEY (test and live)'
	return [{ setting: 'STRIPE_PUBLISHABLE_KEY', reason }]
}

/** The keys without LIVE in their names are of one world: which, they say together. */
function modeProblems({
	STRIPE_SECRET_KEY: stripe,
	PAYPAL_CLIENT_ID: paypal,
	PAYPAL_ENVIRONMENT: environment,
}: Settings): Problem[] {
	if (!stripe || !paypal || isLiveKey(stripe) === (environment === 'live')) return []
	return [
		{
			setting: 'PAYPAL_ENVIRONMENT',
			reason: 'moves other money than STRIPE_SECRET_KEY: one of the two is for tests only',
		},
	]
}

/** With live keys under their own names, what stands beside them is for tests. */
function misplacedProblems(settings: Settings): Problem[] {
	const { STRIPE_SECRET_KEY: stripe, PAYPAL_CLIENT_ID: paypal, PAYPAL_ENVIRONMENT: environment } = settings
	if (!settings.STRIPE_LIVE_SECRET_KEY && !settings.PAYPAL_LIVE_CLIENT_ID) return []
	const reason = 'is for live mode and stands where test keys belong, since there are keys named …_LIVE_…'
	return [
		...(stripe && isLiveKey(stripe) ? [{ setting: 'STRIPE_SECRET_KEY' as const, reason }] : []),
		...(paypal && environment === 'live' ? [{ setting: 'PAYPAL_ENVIRONMENT' as const, reason }] : []),
	]
}

/** What verifies a message says which world it is from. */
function mistakableProblems(settings: Settings): Problem[] {
	const { STRIPE_WEBHOOK_SECRET: test, STRIPE_LIVE_WEBHOOK_SECRET: live } = settings
	const { PAYPAL_WEBHOOK_ID: testId, PAYPAL_LIVE_WEBHOOK_ID: liveId } = settings
	const reason = 'is the same for test and live: messages could not be told apart'
	return [
		...(live.some((secret) => test.includes(secret))
			? [{ setting: 'STRIPE_LIVE_WEBHOOK_SECRET' as const, reason }]
			: []),
		...(liveId !== undefined && liveId === testId
			? [{ setting: 'PAYPAL_LIVE_WEBHOOK_ID' as const, reason }]
			: []),
	]
}

/** Tries with real cards are counted, or whoever found a list of stolen ones tries them here. */
function limitProblems(settings: Settings): Problem[] {
	if (settings.CARD_TESTING_LIMITS || !isConnected(worldOf(settings, 'live'))) return []
	const reason = 'cannot be switched off with live keys, or stolen cards are tried here'
	return [{ setting: 'CARD_TESTING_LIMITS', reason }]
}
