import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { buildWhenStale } from '#app/server/launcher/build-when-stale.ts'
import { measureAccept } from './figures/accept.ts'
import { measureCeiling, type OurRates } from './figures/ceiling.ts'
import type { BenchContext, Measured } from './figures/figure.ts'
import { measureLive } from './figures/live.ts'
import { measureWhole } from './figures/whole.ts'
import { drained } from './figures/backlog.ts'
import { readFlags, type Flags } from './flags.ts'
import { benchFraud } from './fraud/bench-fraud.ts'
import { hostFacts, loadNow } from '#tests/support/host.ts'
import { CONNECTIONS, FULL, QUICK } from './limits.ts'
import { createApiClient } from './load/api-client.ts'
import { closedLoop } from './load/loops.ts'
import { writeStatements } from './profile.ts'
import { openStage } from './stage/stage.ts'
import { tableOf } from './table.ts'

const say = (text: string) => void process.stderr.write(`· ${text}\n`)

/** Code that runs for the first time is slow; what is measured is a server that has been up for a while. */
async function warmUp(context: BenchContext): Promise<void> {
	const { stage, limits, signal } = context
	say('warming up')
	const client = createApiClient(stage.baseUrl, stage.secretKey, CONNECTIONS)
	await closedLoop({
		connections: CONNECTIONS,
		seconds: limits.warmUpSeconds,
		most: limits.mostPayments,
		signal,
		send: () => client.pay(true),
	})
	client.close()
	await drained(context)
	// What autovacuum does within its first minute; before it, plans made for empty tables are still in use.
	await stage.pool.query('analyze')
}

/** Its scripts name our columns: when those move on, the other figures must not be lost with it. */
async function ceilingOrWhyNot(context: BenchContext, ours: OurRates): Promise<Measured> {
	try {
		return await measureCeiling(context, ours)
	} catch (error) {
		context.signal.throwIfAborted()
		process.exitCode = 1
		return { rows: [], notes: [`no ceiling, no ratios to it: ${String(error).slice(0, 600)}`] }
	}
}

async function measure(context: BenchContext, { only }: Flags): Promise<Measured> {
	const wants = (name: Flags['only'][number]) => only.includes(name)
	await warmUp(context)
	const accept = wants('accept') ? await measureAccept(context) : undefined
	// Half of the settled rate has to be known before it can be offered.
	const whole = wants('whole') || wants('live') ? await measureWhole(context) : undefined
	const live = wants('live') && whole ? await measureLive(context, whole.perSecond) : undefined
	const ours = { accept: accept?.rates, whole: whole?.perSecond }
	const ceiling = wants('ceiling') ? await ceilingOrWhyNot(context, ours) : undefined
	const parts = [accept, whole, live, ceiling]
	return {
		rows: parts.flatMap((part) => part?.rows ?? []),
		notes: parts.flatMap((part) => part?.notes ?? []),
	}
}

async function bench(flags: Flags, signal: AbortSignal): Promise<void> {
	const load = loadNow()
	const profile = flags.profile && resolve(flags.profile)
	await buildWhenStale(say, signal)
	say('starting PostgreSQL, the sandbox and the app')
	const stage = await openStage(signal, profile)
	try {
		const facts = await hostFacts(stage.pool, load)
		const context = { stage, limits: flags.quick ? QUICK : FULL, signal, say }
		const { rows, notes } = await Promise.race([measure(context, flags), stage.died])
		if (profile) await writeStatements(stage.pool, profile)
		const after = loadNow().map((value) => Math.round(value * 100) / 100)
		notes.push(`load average after the run ${after.join(' ')}; ${flags.quick ? 'a quick run' : 'a full run'}`)
		process.stdout.write(`\n${tableOf(facts, rows, notes)}\n`)
		if (flags.json) {
			const report = { ...facts, loadAfter: after, quick: flags.quick, rows, notes }
			await writeFile(flags.json, `${JSON.stringify(report, null, '\t')}\n`)
		}
	} finally {
		await stage.close()
	}
}

const interrupted = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort())

const [subject, ...rest] = process.argv.slice(2)
try {
	if (subject === 'fraud') await benchFraud(rest)
	else await bench(readFlags(process.argv.slice(2)), interrupted.signal)
} catch (error) {
	if (!interrupted.signal.aborted) throw error
	process.stderr.write('Stopped; nothing is left behind.\n')
	process.exitCode = 130
}
process.exit()
