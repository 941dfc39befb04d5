import { AsyncLocalStorage } from 'node:async_hooks'

const open = new AsyncLocalStorage<true>()

/** Runs `work` with a transaction marked as open on its call path. */
export function markOpen<T>(work: () => T): T {
	return open.run(true, work)
}

/** A network call inside a transaction holds locks for as long as a stranger likes. In production only the test suite protects. */
export function assertNoOpenTransaction(what: string): void {
	if (process.env['NODE_ENV'] === 'production' || open.getStore() !== true) return
	throw new Error(`${what} must not happen while a transaction is open. Commit first.`)
}
