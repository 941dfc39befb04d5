import { PgBoss } from 'pg-boss'
import type { z } from 'zod'
import type { AnyJob } from '#jobs/catalog/define.ts'
import { expirePayments } from '#jobs/catalog/payments.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import type { Stage } from '../stage/stage.ts'
import { commitOf, statement, type Moment } from './moment.ts'

const LOOKED_AT = /update payments set next_check_at/
const OBSERVED = /gateway_observations/
const WAITING = 4
const SETTLED_AFTER_MS = 10_000

/** Unpaid payments whose day is over. */
async function makeOverdue({ database, instances }: Stage): Promise<void> {
	const orders = Array.from({ length: WAITING }, () => `waiting-${crypto.randomUUID()}`)
	for (const order of orders) {
		await fetch(`${instances[0].url}/api/v1/payments`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${database.demo.secretKey}`,
				'content-type': 'application/json',
				'idempotency-key': order,
			},
			body: JSON.stringify({ amount: 1_200, currency: 'eur', metadata: { order } }),
		}).catch(() => undefined)
	}
	await database.pool.query(
		`update payments set next_check_at = now() - interval '1 second'
		where metadata->>'order' = any($1) and status = 'requires_payment_method'`,
		[orders],
	)
}

/** A run that was killed is nobody's until its lease is over: that wait is left out here, as the day is above. */
async function endLeasesOfTheDead({ database }: Stage): Promise<void> {
	await database.pool.query(
		`update reconciliation_runs set leased_until = now()
		where finished_at is null and leased_until < now() + interval '115 seconds'`,
	)
}

/** Two runs at once, so that both instances may be at it. */
async function sendTwice<J extends AnyJob>(
	{ database }: Stage,
	job: J,
	payload: z.input<J['payload']> & object,
): Promise<void> {
	const boss = new PgBoss({
		connectionString: database.urlAt(database.port),
		max: 1,
		supervise: false,
		schedule: false,
		migrate: false,
	})
	boss.on('error', () => undefined)
	await boss.start()
	try {
		await boss.insert(job.name, [{ data: payload }, { data: payload }])
	} finally {
		await boss.stop({ graceful: false, close: true })
	}
}

export const SCHEDULES: readonly Moment[] = [
	{
		name: 'K18',
		title: 'expiry in mid-run, two runs at once',
		steps: [{ when: commitOf(LOOKED_AT) }],
		anyInstance: true,
		async stir(stage) {
			await makeOverdue(stage)
			await sendTwice(stage, expirePayments, {})
		},
	},
	{
		name: 'K18.2',
		title: 'reconciliation in mid-run, two runs at once',
		steps: [{ when: statement(OBSERVED) }],
		anyInstance: true,
		async stir(stage) {
			await endLeasesOfTheDead(stage)
			// By itself it stays some minutes behind, and there is little to read in a house this young.
			const until = new Date(Date.now() - SETTLED_AFTER_MS).toISOString()
			await sendTwice(stage, runReconciliation, { requestedBy: 'chaos', until })
		},
	},
]
