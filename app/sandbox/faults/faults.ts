import {
	type Fault,
	FAULTS,
	NO_PLAN,
	type OneShot,
	type Plan,
	readPlan,
	type Scope,
	WEBHOOK_FAULTS,
	type WebhookFault,
} from './plan.ts'
import { seededRandom } from './random.ts'

export interface Subject {
	method: string
	path: string
	/** Not a replay of a kept answer: only then can a fault change what is done. */
	fresh: boolean
	/** Creates a payment, so that it can be made out over another amount or currency. */
	createsPayment: boolean
}

export interface WebhookTurn {
	dropped: boolean
	doubled: boolean
	forged: boolean
	late: ('delay' | 'shuffle')[]
	delayMs: number
}

type Counter = Record<Fault | WebhookFault, number>

const zeros = (): Counter =>
	Object.fromEntries([...FAULTS, ...WEBHOOK_FAULTS].map((name) => [name, 0])) as Counter

/** How far a shuffled event may fall behind the ones sent after it. */
const SHUFFLE_WITHIN_MS = 250

/** Decides by seed which request or delivery goes wrong, and counts what was decided and what came of it. */
export class Faults {
	#plan: Plan = NO_PLAN
	#next: OneShot[] = []
	#random = seededRandom(NO_PLAN.seed)
	#planned = zeros()
	#happened = zeros()

	get slowMs(): number {
		return this.#plan.slow_ms
	}

	/** A plan with rates replaces the one before; a plan of one-shots only is queued behind what is there. */
	set(body: unknown): void {
		const { next, plan, slow_ms } = readPlan(body)
		this.#next.push(...next)
		this.#plan = plan ?? { ...this.#plan, slow_ms }
		if (plan) this.#random = seededRandom(plan.seed)
	}

	clear(): void {
		this.#plan = NO_PLAN
		this.#next = []
	}

	report(): object {
		return { plan: this.#plan, next: this.#next, planned: this.#planned, happened: this.#happened }
	}

	resetCounters(): void {
		this.#planned = zeros()
		this.#happened = zeros()
	}

	draw(subject: Subject): Fault | undefined {
		const fault = this.#oneShot(subject) ?? this.#byRate(subject)
		if (fault) this.#planned[fault]++
		return fault
	}

	drawForWebhook(): WebhookTurn | undefined {
		const { webhooks } = this.#plan
		if (webhooks === NO_PLAN.webhooks) return undefined
		const hit = (name: 'drop' | 'double' | 'shuffle' | 'forge') => {
			const struck = this.#random() < (webhooks[name] ?? 0)
			if (struck) this.#planned[name]++
			return struck
		}
		const forged = hit('forge')
		if (hit('drop')) return { dropped: true, doubled: false, forged, late: [], delayMs: 0 }
		const doubled = hit('double')
		const late: WebhookTurn['late'] = hit('shuffle') ? ['shuffle'] : []
		const delay = webhooks.delay_ms ?? 0
		if (delay > 0) {
			this.#planned.delay++
			late.push('delay')
		}
		const behind = late[0] === 'shuffle' ? this.#random() * SHUFFLE_WITHIN_MS : 0
		return { dropped: false, doubled, forged, late, delayMs: delay + behind }
	}

	happened(fault: Fault | WebhookFault): void {
		this.#happened[fault]++
	}

	#oneShot(subject: Subject): Fault | undefined {
		const at = this.#next.findIndex((shot) => within(shot, subject) && applies(shot.fault, subject))
		return at < 0 ? undefined : this.#next.splice(at, 1)[0]?.fault
	}

	#byRate(subject: Subject): Fault | undefined {
		const { rates } = this.#plan
		if (rates === NO_PLAN.rates || !within(this.#plan, subject)) return undefined
		let left = this.#random()
		for (const fault of FAULTS) {
			left -= rates[fault] ?? 0
			if (left < 0) return applies(fault, subject) ? fault : undefined
		}
		return undefined
	}
}

const within = (scope: Scope, { method, path }: Subject): boolean =>
	path.startsWith(scope.path) && scope.methods.includes(method)

function applies(fault: Fault, { createsPayment, fresh }: Subject): boolean {
	if (fault === 'wrong_amount' || fault === 'wrong_currency') return fresh && createsPayment
	return fresh || fault !== 'error_500_kept'
}
