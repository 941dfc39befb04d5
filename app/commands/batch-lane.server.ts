/** Work that arrives one by one and is done many at a time. */
export type BatchLane<Item, Result> = {
	push(item: Item): Promise<Result>
	/** Resolves once nothing is queued or running. */
	idle(): Promise<void>
}

export type LaneOptions = {
	most: number
	parallel?: number
	/** Errors that are no item's fault, such as a database that is away: repeating the items would only keep them waiting. */
	hitsAll?: (error: unknown) => boolean
}

type Waiting<Item, Result> = {
	item: Item
	resolve: (result: Result) => void
	reject: (error: unknown) => void
}

/**
 * Runs what has gathered as one batch as soon as the batch before it is done: no timer, so a lone item never waits.
 * A batch that fails is repeated item by item, so that one bad item costs only itself, unless the error hits them all;
 * `run` must be atomic.
 */
export function createBatchLane<Item, Result>(
	run: (items: readonly Item[]) => Promise<readonly Result[]>,
	{ most, parallel = 1, hitsAll = () => false }: LaneOptions,
): BatchLane<Item, Result> {
	const queue: Waiting<Item, Result>[] = []
	const sleepers: (() => void)[] = []
	let running = 0

	const settle = (waiting: Waiting<Item, Result>, result: Result | undefined) =>
		result === undefined
			? waiting.reject(new Error('the batch left an item without a result'))
			: waiting.resolve(result)

	async function runSingly(batch: readonly Waiting<Item, Result>[]): Promise<void> {
		for (const waiting of batch) {
			try {
				settle(waiting, (await run([waiting.item]))[0])
			} catch (error) {
				waiting.reject(error)
			}
		}
	}

	async function runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
		try {
			const results = await run(batch.map((waiting) => waiting.item))
			batch.forEach((waiting, index) => settle(waiting, results[index]))
		} catch (error) {
			if (batch.length === 1 || hitsAll(error)) for (const waiting of batch) waiting.reject(error)
			else await runSingly(batch)
		}
	}

	function flush(): void {
		if (running >= parallel) return
		if (queue.length === 0) {
			if (running === 0) for (const wake of sleepers.splice(0)) wake()
			return
		}
		running += 1
		void runBatch(queue.splice(0, most)).finally(() => {
			running -= 1
			flush()
		})
	}

	return {
		push: (item) =>
			new Promise<Result>((resolve, reject) => {
				queue.push({ item, resolve, reject })
				// After the current turn, so that requests read in the same turn share a batch.
				setImmediate(flush)
			}),
		idle: () =>
			queue.length === 0 && running === 0 ? Promise.resolve() : new Promise((wake) => sleepers.push(wake)),
	}
}
