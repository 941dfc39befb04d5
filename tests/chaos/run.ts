import { writeFile } from 'node:fs/promises'
import { buildWhenStale } from '#app/server/launcher/build-when-stale.ts'
import { hostFacts, loadNow, type HostFacts } from '#tests/support/host.ts'
import type { RunContext } from './context.ts'
import { readFlags, type Flags } from './flags.ts'
import { isMet } from './figure.ts'
import { createRandom } from './random.ts'
import { RUNS, type Run } from './runs/index.ts'
import { CI, NIGHTLY } from './sizes.ts'
import { openStage, type Stage } from './stage/stage.ts'
import { tableOf, type Report } from './table.ts'

const say = (text: string) => void process.stderr.write(`· ${text}\n`)

type Performed = { report: Report; facts: HostFacts }

/** Each run has a stage of its own, so that it can be repeated alone. */
async function perform(
	run: Run,
	{ moments, nightly, seed }: Flags,
	load: number[],
	signal: AbortSignal,
): Promise<Performed> {
	const startedAt = performance.now()
	const stages: Stage[] = []
	let isFine = false
	const context: RunContext = {
		moments,
		sizes: nightly ? NIGHTLY : CI,
		random: createRandom(seed).fork(run.name),
		signal,
		say,
		async open(options) {
			say(`${run.name}: starting PostgreSQL, the gateway and two instances`)
			const stage = await openStage({ ...options, seed, signal, keep: () => !isFine })
			stages.push(stage)
			return stage
		},
	}
	try {
		const outcome = await run.run(context)
		const missed = outcome.figures.filter((figure) => !isMet(figure))
		isFine = missed.length === 0
		say(`${run.name}: ${outcome.figures.length - missed.length} of ${outcome.figures.length} figures met`)
		for (const { figure, goal, measured } of missed) say(`${run.name}: ${figure} is ${measured}, not ${goal}`)
		const [stage] = stages
		if (!stage) throw new Error(`${run.name} opened no stage`)
		const facts = await hostFacts(stage.database.pool, load)
		const seconds = (performance.now() - startedAt) / 1000
		return { facts, report: { ...outcome, name: run.name, title: run.title, seconds } }
	} finally {
		for (const stage of stages) await stage.close()
	}
}

/** Returns whether every figure was met. */
async function chaos(flags: Flags, signal: AbortSignal): Promise<boolean> {
	const load = loadNow()
	say(`seed ${flags.seed}: npm run chaos -- --seed ${flags.seed} replays this run`)
	await buildWhenStale(say, signal)
	const performed: Performed[] = []
	for (const run of RUNS.filter(({ name }) => flags.only.includes(name))) {
		performed.push(await perform(run, flags, load, signal))
	}
	const reports = performed.map(({ report }) => report)
	const [first] = performed
	if (!first) throw new Error('nothing was run')
	process.stdout.write(`\n${tableOf(first.facts, flags.seed, reports)}\n`)
	if (flags.json) {
		const written = { ...first.facts, seed: flags.seed, nightly: flags.nightly, runs: reports }
		await writeFile(flags.json, `${JSON.stringify(written, null, '\t')}\n`)
	}
	return reports.every(({ figures }) => figures.every(isMet))
}

const interrupted = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort())

const flags = readFlags(process.argv.slice(2))
try {
	if (!(await chaos(flags, interrupted.signal))) {
		process.stderr.write(`A figure was missed. npm run chaos -- --seed ${flags.seed} replays this run.\n`)
		process.exitCode = 1
	}
} catch (error) {
	if (interrupted.signal.aborted) {
		process.stderr.write('Stopped; nothing is left behind.\n')
		process.exitCode = 130
	} else {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\nseed ${flags.seed}\n`)
		process.exitCode = 1
	}
}
process.exit()
