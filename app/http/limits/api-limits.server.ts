import type { Kysely } from 'kysely'
import { addRequests, deleteOldCounts } from '#db/queries/request-counts.ts'
import type { DB } from '#db/schema.ts'
import type { Payers } from '../../vault/payers.server.ts'

/** Who is counted, and how many requests they have in a minute. */
export type Quota = { id: string; perMinute: number }

export type Counted = Quota & { isOver: boolean; remaining: number; resetSeconds: number }

export type ApiLimits = {
	/** Counts one request here and, beside it, in the database. Waits only when many are not in the database yet. */
	count(quota: Quota): Promise<Counted>
	/** Resolves once everything counted here is in the database. */
	settled(): Promise<void>
}

/** Before the network of a caller without a key. */
export const NETWORK = 'net:'

export const WINDOW_MS = 60_000
const MOST_COUNTED = 50_000
const GATHER_MS = 50

/**
 * An instance holds at most so many requests of one caller that the others do not know of. That is how far each further
 * instance can overshoot the limit: 2 %, but at least ten.
 */
export const leaseOf = (perMinute: number): number => Math.max(10, Math.floor(perMinute / 50))

type Counter = {
	key: string
	/** Of somebody without a key: not told to the database before it is hashed. */
	network: string | null
	/** What all instances had let through when the database was last told. */
	known: number
	/** Let through here since. */
	untold: number
	/** Of those, on their way. */
	telling: number
}

type Deps = {
	db: Kysely<DB>
	payers: Pick<Payers, 'hash'>
	now: () => number
	onTrouble: (error: unknown) => void
}

/** Counters shared through the database, told in the background; while it is away, each instance counts by itself. */
export function createApiLimits({ db, payers, now, onTrouble }: Deps): ApiLimits {
	let window = -1
	let counters = new Map<string, Counter>()
	let telling: Promise<void> | undefined
	let gathering: NodeJS.Timeout | undefined
	let isInTrouble = false

	function counterOf(id: string): Counter {
		const present = Math.floor(now() / WINDOW_MS)
		if (present !== window || counters.size >= MOST_COUNTED) {
			window = present
			counters = new Map()
		}
		const known = counters.get(id)
		if (known) return known
		const network = id.startsWith(NETWORK) ? id.slice(NETWORK.length) : null
		const counter = { key: `api:${present}:${id}`, network, known: 0, untold: 0, telling: 0 }
		counters.set(id, counter)
		return counter
	}

	async function nameInTable(counter: Counter): Promise<void> {
		if (counter.network === null) return
		counter.key = counter.key.replace(counter.network, await payers.hash(null, 'network', counter.network))
		counter.network = null
	}

	async function send(told: readonly Counter[]): Promise<void> {
		try {
			await Promise.all(told.map(nameInTable))
			const counted = told.map(({ key, telling: points }) => ({ key, points }))
			const totals = await addRequests(db, counted, (window + 2) * WINDOW_MS)
			for (const counter of told) counter.known = totals.get(counter.key) ?? counter.known
			isInTrouble = false
		} catch (error) {
			if (!isInTrouble) onTrouble(error)
			isInTrouble = true
			for (const counter of told) counter.known += counter.telling
		}
		for (const counter of told) {
			counter.untold -= counter.telling
			counter.telling = 0
		}
	}

	let cleanedIn = -1
	async function tell(): Promise<void> {
		for (;;) {
			const told = [...counters.values()].filter(({ untold }) => untold > 0)
			if (told.length === 0) break
			for (const counter of told) counter.telling = counter.untold
			await send(told)
		}
		if (cleanedIn === window) return
		cleanedIn = window
		await deleteOldCounts(db, now()).catch(onTrouble)
	}

	/** What gathers while one statement is under way goes with the next. */
	const tellAll = (): Promise<void> =>
		(telling ??= tell().finally(() => {
			telling = undefined
		}))

	/** Requests of the same moment go together. */
	function tellSoon(): void {
		gathering ??= setTimeout(() => {
			gathering = undefined
			void tellAll()
		}, GATHER_MS)
	}

	const standing = (quota: Quota, counter: Counter, isOver: boolean): Counted => ({
		...quota,
		isOver,
		remaining: Math.max(0, quota.perMinute - counter.known - counter.untold),
		resetSeconds: Math.max(1, Math.ceil(((window + 1) * WINDOW_MS - now()) / 1_000)),
	})

	return {
		async count(quota) {
			let counter = counterOf(quota.id)
			while (counter.untold >= leaseOf(quota.perMinute) && counter.known + counter.untold < quota.perMinute) {
				await tellAll()
				counter = counterOf(quota.id)
			}
			if (counter.known + counter.untold >= quota.perMinute) return standing(quota, counter, true)
			counter.untold += 1
			tellSoon()
			return standing(quota, counter, false)
		},
		async settled() {
			clearTimeout(gathering)
			gathering = undefined
			while ([...counters.values()].some(({ untold }) => untold > 0)) await tellAll()
			await telling
		},
	}
}

/** For load tools. */
export const NO_API_LIMITS: ApiLimits = {
	count: (quota) =>
		Promise.resolve({ ...quota, isOver: false, remaining: quota.perMinute, resetSeconds: 60 }),
	settled: () => Promise.resolve(),
}
