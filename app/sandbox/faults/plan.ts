export const FAULTS = [
	'timeout_before',
	'timeout_after',
	'error_500_kept',
	'error_500_not_kept',
	'error_429',
	'conflict_409',
	'reset',
	'slow',
	'malformed',
	'truncated',
	'wrong_amount',
	'wrong_currency',
] as const

export type Fault = (typeof FAULTS)[number]

export const WEBHOOK_FAULTS = ['drop', 'double', 'shuffle', 'delay', 'forge'] as const

const WEBHOOK_KEYS = ['drop', 'double', 'shuffle', 'delay_ms', 'forge']

export type WebhookFault = (typeof WEBHOOK_FAULTS)[number]

/** Which requests a plan is about: `POST` requests under a path, unless it says otherwise. */
export interface Scope {
	path: string
	methods: string[]
}

export interface Plan extends Scope {
	seed: number
	rates: Partial<Record<Fault, number>>
	webhooks: Partial<Record<'drop' | 'double' | 'shuffle' | 'forge', number>> & { delay_ms?: number }
	/** How long a `slow` answer drips. */
	slow_ms: number
}

export interface OneShot extends Scope {
	fault: Fault
}

export const NO_PLAN: Plan = {
	seed: 1,
	rates: {},
	webhooks: {},
	path: '/v1/',
	methods: ['POST'],
	slow_ms: 30_000,
}

export class PlanError extends Error {}

type Given = Record<string, unknown>

/** Checks a plan by hand: the sandbox depends on nothing that would do it. */
export function readPlan(body: unknown): { plan?: Plan; next: OneShot[]; slow_ms: number } {
	const given = objectIn(body, 'the plan')
	const scope = readScope(given)
	const slow_ms = numberIn(given['slow_ms'] ?? NO_PLAN.slow_ms, 'slow_ms')
	const next = listIn(given['next'] ?? [], 'next').map((name) => ({ ...scope, fault: known(name) }))
	if (given['rates'] === undefined && given['webhooks'] === undefined) return { next, slow_ms }
	const seed = numberIn(given['seed'] ?? NO_PLAN.seed, 'seed')
	return {
		next,
		slow_ms,
		plan: { ...scope, slow_ms, seed, rates: readRates(given), webhooks: readWebhooks(given) },
	}
}

function readScope(given: Given): Scope {
	const path = given['path'] ?? NO_PLAN.path
	if (typeof path !== 'string') throw new PlanError('path must be a string')
	return { path, methods: listIn(given['methods'] ?? NO_PLAN.methods, 'methods') }
}

function readRates(given: Given): Plan['rates'] {
	const rates = objectIn(given['rates'] ?? {}, 'rates')
	return Object.fromEntries(Object.entries(rates).map(([name, rate]) => [known(name), numberIn(rate, name)]))
}

function readWebhooks(given: Given): Plan['webhooks'] {
	const webhooks = objectIn(given['webhooks'] ?? {}, 'webhooks')
	const entries = Object.entries(webhooks).map(([name, value]) => {
		if (!WEBHOOK_KEYS.includes(name)) {
			throw new PlanError(`"${name}" is not a webhook fault: ${WEBHOOK_KEYS.join(', ')}`)
		}
		return [name, numberIn(value === true ? 1 : value, name)]
	})
	return Object.fromEntries(entries) as Plan['webhooks']
}

function listIn(value: unknown, name: string): string[] {
	if (Array.isArray(value)) return value.map(String)
	throw new PlanError(`${name} must be a list`)
}

function objectIn(value: unknown, name: string): Given {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
	throw new PlanError(`${name} must be an object`)
}

function numberIn(value: unknown, name: string): number {
	if (typeof value === 'number' && value >= 0) return value
	if (value === false) return 0
	throw new PlanError(`${name} must be a number of at least 0`)
}

function known(name: string): Fault {
	const fault = FAULTS.find((candidate) => candidate === name)
	if (fault === undefined) throw new PlanError(`"${name}" is not a fault: ${FAULTS.join(', ')}`)
	return fault
}
