import { atMost, none, type Outcome } from '../figure.ts'
import type { Client } from '../load/client.ts'
import type { Stage } from '../stage/stage.ts'
import { importBooks } from './books.ts'
import { violationsIn, type InvariantWatch } from './invariants.ts'
import { chargedTwice, differenceOf } from './money.ts'
import { brokenReplays, doubledEffects, failedOnAGuess, lostPromises } from './promises.ts'
import { settled } from './settled.ts'

const SETTLES_WITHIN_S = 120
const MOST_TOLD = 5

type Asked = {
	stage: Stage
	client: Client
	invariants: InvariantWatch
	signal: AbortSignal
	say: (text: string) => void
}

/** The end of every run: faults off, quiet, the two books side by side, every promise looked up. */
export async function aftermath({ stage, client, invariants, signal, say }: Asked): Promise<Outcome> {
	const { database, gateway, instances } = stage
	const notes: string[] = []
	const tell = (what: string, cases: readonly string[]): number => {
		notes.push(...cases.slice(0, MOST_TOLD).map((one) => `${what}: ${one}`))
		if (cases.length > MOST_TOLD) notes.push(`${what}: and ${cases.length - MOST_TOLD} more`)
		return cases.length
	}
	await gateway.behave()
	for (const instance of instances) await instance.ready()
	say('waiting until nothing is under way')
	const quiet = await settled(database, signal)
	const during = await invariants.end()
	const { acknowledged } = client
	say(`replaying ${acknowledged.length} acknowledged requests`)
	const replayed = await brokenReplays(instances[0].url, client, acknowledged)
	const books = await importBooks(database, gateway)
	const after = await violationsIn(database)
	const broken = [...during, ...after].map((row) => `${row.invariant} ${row.subject} ${row.detail}`)
	const exits = instances.flatMap((instance) => instance.exits)
	const difference = await differenceOf(database, books)
	notes.push(
		`${acknowledged.length} acknowledged requests, ${replayed.count} of them replayed; callers retried ${client.retries()} times`,
		`invariants were checked ${invariants.checks()} times during the load`,
	)
	return {
		figures: [
			none('acknowledged and lost', tell('lost', await lostPromises(database, acknowledged))),
			none('done twice', tell('twice', await doubledEffects(database))),
			none('charged or refunded twice at the gateway', tell('gateway twice', chargedTwice(books))),
			none('failed on a guess', tell('guess', await failedOnAGuess(database))),
			none('replays with other bytes', tell('replay', replayed.broken)),
			none('requests nobody answered', tell('unanswered', client.unanswered)),
			none('rows that break an invariant', tell('invariant', [...new Set(broken)])),
			none('difference to the gateway, minor units', Number(difference)),
			none('still under way after 120 s', tell('under way', quiet.underWay)),
			atMost('settled after the last fault', SETTLES_WITHIN_S, quiet.seconds, 's', 0),
			none('app exits nobody asked for', tell('exit', exits)),
		],
		notes,
	}
}
