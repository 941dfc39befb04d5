import type { Stage } from '../stage/stage.ts'
import type { HttpEvent, PostgresEvent, WireEvent } from '../wire/events.ts'
import type { Step } from '../wire/watch.ts'

/** A place in the life of a payment where a process may die, as it shows on the wires. */
export type Moment = {
	name: `K${number}`
	title: string
	/** The last step is the moment. */
	steps: readonly Step[]
	/** The last message still goes through; without this it is lost. */
	passes?: true
	/** Whichever instance comes there first. */
	anyInstance?: true
	/** Makes it happen, when the load alone does not. */
	stir?: (stage: Stage) => Promise<void>
}

type OfPostgres = (event: PostgresEvent) => boolean
type OfHttp = (event: HttpEvent) => boolean

const wrote = (text: RegExp): OfPostgres => {
	return ({ transaction }) => transaction.some((statement) => text.test(statement))
}

const postgres = (what: PostgresEvent['what'], ...conditions: readonly OfPostgres[]): Step['when'] => {
	return (event: WireEvent) =>
		event.on === 'postgres' && event.what === what && conditions.every((holds) => holds(event))
}

/** BEGIN is on its way to PostgreSQL. */
export const begin = postgres('begin')

/** The first statement of this text inside a transaction that has run these already. */
export const statement = (text: RegExp, ...before: readonly RegExp[]) =>
	postgres('statement', (event) => text.test(event.text), ...before.map(wrote))

/** COMMIT of a transaction with these statements has not reached PostgreSQL. */
export const commitOf = (...texts: readonly RegExp[]) => postgres('commit', ...texts.map(wrote))

/** PostgreSQL has committed, and the app has not heard it. */
export const committed = (...texts: readonly RegExp[]) =>
	postgres('result', ({ tag }) => tag === 'COMMIT', ...texts.map(wrote))

/** A statement outside a transaction has changed rows, and the app has not heard it. */
export const changed = (text: RegExp) =>
	postgres('result', (event) => text.test(event.text) && /^UPDATE [1-9]/.test(event.tag))

const http =
	(
		on: HttpEvent['on'],
		what: HttpEvent['what'],
		path: RegExp,
		...conditions: readonly OfHttp[]
	): Step['when'] =>
	(event) =>
		event.on === on &&
		event.what === what &&
		event.method === 'POST' &&
		path.test(event.path) &&
		conditions.every((holds) => holds(event))

export const api = (what: HttpEvent['what'], path: RegExp) => http('api', what, path)
export const gateway = (what: HttpEvent['what'], path: RegExp) => http('gateway', what, path)
export const webhook = (what: HttpEvent['what'], ...conditions: readonly OfHttp[]) =>
	http('webhooks', what, /./, ...conditions)
