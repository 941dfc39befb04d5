import { join } from 'node:path'
import pg from 'pg'
import { AS_APP_ACROSS_MERCHANTS } from '#db/client.ts'
import { findPgbench, runPgbench } from '../ceiling/pgbench.ts'
import { createApiClient } from '../load/api-client.ts'
import { CEILING_CLIENTS } from '../limits.ts'
import type { AcceptRates } from './accept.ts'
import type { BenchContext, Measured, Row } from './figure.ts'

export type OurRates = {
	accept: AcceptRates | undefined
	whole: number | undefined
}

const SCRIPTS = join(import.meta.dirname, '../ceiling')

async function query(url: string, text: string, values: readonly string[] = []): Promise<void> {
	const client = new pg.Client({ connectionString: url, options: AS_APP_ACROSS_MERCHANTS })
	await client.connect()
	try {
		await client.query(text, [...values])
	} finally {
		await client.end()
	}
}

/** Our app opens accounts on first use; pgbench finds them open. */
const OPEN_ACCOUNTS = `
	insert into ledger_accounts (id, merchant_id, kind, currency, gateway) values
		('bench_1', $1, 'gateway_clearing', 'eur', 'stripe'), ('bench_2', $1, 'fees', 'eur', ''),
		('bench_3', $1, 'merchant_balance', 'eur', '')`

const against = (
	figure: string,
	value: number | undefined,
	name: string,
	peer: number,
	goal: string,
): Row[] =>
	value === undefined
		? []
		: [{ figure, value, unit: '/s', peer: { name, value: peer }, ratio: value / peer, goal }]

/** The same writes one by one, by pgbench on the same server: what the database gives without any of our code. */
export async function measureCeiling(context: BenchContext, ours: OurRates): Promise<Measured> {
	const { stage, limits, signal, say } = context
	const pgbench = await findPgbench()
	if (!pgbench) return { rows: [], notes: ['pgbench is not installed: no ceiling, no ratios to it'] }

	const client = createApiClient(stage.baseUrl, stage.secretKey, 1)
	const { text: body } = await client.pay(false)
	client.close()
	const { ceilingUrl: url, demo } = stage.database
	await query(url, OPEN_ACCOUNTS, [demo.merchantId])
	const run = (script: string, seconds: number) => {
		say(`pgbench, ${script}, ${CEILING_CLIENTS} clients`)
		return runPgbench(pgbench, {
			url,
			script: join(SCRIPTS, `${script}.sql`),
			clients: CEILING_CLIENTS,
			seconds,
			variables: { merchant: demo.merchantId, body },
			signal,
		})
	}
	// The peer is warmed up and gets its statistics as our app does.
	await run('whole', limits.warmUpSeconds)
	await query(url, 'analyze')
	const accept = await run('accept', limits.ceilingSeconds)
	const whole = await run('whole', limits.ceilingSeconds)
	return {
		rows: [
			{ figure: 'pgbench, accept SQL one by one', value: accept, unit: '/s' },
			{ figure: 'pgbench, whole SQL one by one', value: whole, unit: '/s' },
			...against('accept, confirm true ÷ pgbench', ours.accept?.confirmed, 'pgbench accept', accept, '≥ 1.5'),
			// Without the job row, which the peer writes; but nothing is screened and charged on the same cores meanwhile.
			...against('accept, confirm false ÷ pgbench', ours.accept?.unconfirmed, 'pgbench accept', accept, ''),
			...against('whole way ÷ pgbench', ours.whole, 'pgbench whole', whole, '≥ 1.0'),
		],
		notes: [],
	}
}
