import { sql } from 'kysely'
import { expect } from 'vitest'
import type { AnyJob } from '#jobs/catalog/define.ts'
import { checkAttempt, operateOnPayment, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { startWorker } from '#jobs/worker.ts'
import type { Answer, House } from '#tests/support/house.ts'
import { runNow } from '../payments/by-hand.ts'
import { openPair, type Pair } from '../races/two-instances.ts'
import { viewOf, type Ledger, type Model } from './model.ts'

const QUEUES: readonly AnyJob[] = [processPayment, operateOnPayment, sendRefund, applyWebhook]

type Open = { waiting: string[]; moving: number; unknown: number }

/** Two instances on one database, where everything that is under way can be brought to its end. */
export class Stage {
	readonly #pair: Pair
	#worker: { stop(): Promise<void> } | null = null
	#turn = 0

	private constructor(pair: Pair) {
		this.#pair = pair
	}

	static async open(): Promise<Stage> {
		const sandbox = { SANDBOX_CLOCK_FACTOR: '1' }
		return new Stage(await openPair({ worker: false, sandbox }))
	}

	get house(): House {
		return this.#pair.houses[0]
	}

	/** Requests go to one instance and the other in turn. */
	post(path: string, body: object, headers: Record<string, string>): Promise<Answer> {
		return this.#nextHouse().call('POST', path, body, headers)
	}

	#nextHouse(): House {
		this.#turn += 1
		return this.#pair.houses[this.#turn % 2 === 0 ? 0 : 1]
	}

	/** The second instance's worker stops in the middle of whatever it does, or starts again. */
	async restartWorker(): Promise<void> {
		await this.#worker?.stop()
		this.#worker = this.#worker ? null : await startWorker(this.#pair.houses[1].composed)
	}

	lose(fault: string): Promise<void> {
		return this.house.sandbox.spoilNext(
			[fault],
			fault === 'error_500_kept' ? '/v1/payment_intents' : undefined,
		)
	}

	async repair(): Promise<void> {
		await fetch(`${this.house.sandbox.url}/sandbox/faults`, { method: 'DELETE' })
	}

	/** Runs what waits, due or not, until no payment and no refund is on its way. */
	async settle(): Promise<void> {
		for (let round = 0; round < 200; round++) {
			const { waiting, moving, unknown } = await this.#open()
			if (waiting.length === 0 && moving === 0) return
			const queues = QUEUES.filter(({ name }) => waiting.includes(name))
			if (unknown > 0) queues.push(checkAttempt)
			const house = this.#nextHouse()
			// A job whose call was spoilt fails, and is tried again in the next round.
			for (const queue of queues) await runNow(house, queue).catch(() => undefined)
		}
		throw new Error(`nothing comes to an end: ${JSON.stringify(await this.#open())}`)
	}

	async #open(): Promise<Open> {
		const { rows } = await sql<Open>`
			select
				(select coalesce(array_agg(distinct name), '{}') from pgboss.job
					where state in ('created', 'retry', 'active') and name = any(${QUEUES.map(({ name }) => name)})) as waiting,
				(select count(*)::int from payments
					where status in ('screening', 'processing') or requested_operation is not null)
				+ (select count(*)::int from refunds where status = 'pending') as moving,
				(select count(*)::int from payments where status = 'processing') as unknown`.execute(this.house.services.db)
		return rows[0] as Open
	}

	async ledger(): Promise<Ledger> {
		const accounts = await this.house.services.db
			.selectFrom('ledger_accounts')
			.select(['kind', 'currency', 'balance_minor'])
			.execute()
		return Object.fromEntries(accounts.map((row) => [`${row.currency} ${row.kind}`, row.balance_minor]))
	}

	/** Both instances and the ledger say of these payments what the model says. */
	async expectAgreement(model: Model, before: Ledger, payments = model.payments): Promise<void> {
		const looks = payments.flatMap((payment) =>
			this.#pair.houses.map(async (house) => {
				const { body } = await house.call('GET', `/api/v1/payments/${payment.id}`)
				expect(body).toMatchObject(viewOf(payment))
			}),
		)
		await Promise.all(looks)
		const moved = Object.entries(await this.ledger()).map(
			([name, balance]) => [name, balance - (before[name] ?? 0n)] as const,
		)
		const nonZero = (lines: Iterable<readonly [string, bigint]>) =>
			Object.fromEntries([...lines].filter(([, amount]) => amount !== 0n))
		expect(nonZero(moved)).toEqual(nonZero(Object.entries(model.ledger)))
	}

	async close(): Promise<void> {
		await this.#worker?.stop()
		await this.#pair.close()
	}
}
