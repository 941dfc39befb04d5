import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { PostgresEvent, See, Verdict } from './events.ts'
import { createMessageReader, textsOf, type Message } from './postgres-messages.ts'

export type PostgresProxy = { port: number; connections(): number; close(): Promise<void> }

function whatStarts(text: string): 'begin' | 'commit' | 'statement' {
	const verb = /^\s*(begin|start transaction|commit)\b/i.exec(text)?.[1]?.toLowerCase()
	if (verb === undefined) return 'statement'
	return verb === 'commit' ? 'commit' : 'begin'
}

/** What one connection is doing, read from the messages on it. */
class Conversation {
	readonly #prepared = new Map<string, string>()
	#transaction: string[] | null = null
	#text = ''
	readonly #instance: string
	readonly #cut: () => void

	constructor(instance: string, cut: () => void) {
		this.#instance = instance
		this.#cut = cut
	}

	/** A message of the app; null for those that start nothing. */
	asked(message: Message): PostgresEvent | null {
		const text = this.#read(message)
		if (text === null) return null
		this.#text = text
		const what = whatStarts(text)
		if (what === 'begin') this.#transaction = []
		if (what === 'statement') this.#transaction?.push(text)
		return this.#event(what)
	}

	/** The statement a message runs: Query carries it, Bind names one that Parse has left before. */
	#read({ type, payload }: Message): string | null {
		const [first = '', second = ''] = 'PBQ'.includes(type) ? textsOf(payload, type === 'Q' ? 1 : 2) : []
		if (type === 'P') this.#prepared.set(first, second)
		if (type === 'Q') return first
		return type === 'B' ? (this.#prepared.get(second) ?? '') : null
	}

	/** A message of the server; null for those that end nothing. */
	answered({ type, payload }: Message): PostgresEvent | null {
		if (type !== 'C') return null
		const [tag = ''] = textsOf(payload, 1)
		const event = this.#event('result', tag)
		if (tag === 'COMMIT' || tag === 'ROLLBACK') this.#transaction = null
		return event
	}

	#event(what: PostgresEvent['what'], tag = ''): PostgresEvent {
		const transaction = this.#transaction ?? []
		return {
			on: 'postgres',
			instance: this.#instance,
			what,
			text: this.#text,
			tag,
			transaction,
			cut: this.#cut,
		}
	}
}

/** Passes messages on one by one; a held one holds back whatever comes after it. */
function lane(to: Socket, read: (chunk: Buffer) => Message[], judge: (message: Message) => Verdict) {
	const waiting: Message[] = []
	let held = false
	const pass = () => {
		while (!held) {
			const message = waiting.shift()
			if (!message) return
			const verdict = judge(message)
			if (!verdict) {
				to.write(message.bytes)
				continue
			}
			held = true
			void verdict.then(() => {
				held = false
				to.write(message.bytes)
				pass()
			})
		}
	}
	return (chunk: Buffer) => {
		waiting.push(...read(chunk))
		pass()
	}
}

/** A TCP proxy before PostgreSQL for one app instance: it reads the message types and tells what passes. */
export async function openPostgresProxy(
	instance: string,
	serverPort: number,
	see: See,
): Promise<PostgresProxy> {
	const open = new Set<() => void>()
	const server = createServer({ noDelay: true }, (app) => {
		const postgres = connect({ port: serverPort, host: '127.0.0.1', noDelay: true })
		const cut = () => {
			open.delete(cut)
			app.destroy()
			postgres.destroy()
		}
		open.add(cut)
		const conversation = new Conversation(instance, cut)
		const judgeWith = (read: (message: Message) => PostgresEvent | null) => (message: Message) => {
			const event = read(message)
			return event ? see(event) : undefined
		}
		const asked = judgeWith((message) => conversation.asked(message))
		const answered = judgeWith((message) => conversation.answered(message))
		app.on('data', lane(postgres, createMessageReader(true), asked))
		postgres.on('data', lane(app, createMessageReader(false), answered))
		for (const socket of [app, postgres]) socket.on('error', cut).on('close', cut)
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	return {
		port: (server.address() as AddressInfo).port,
		connections: () => open.size,
		async close() {
			server.close()
			for (const cut of open) cut()
		},
	}
}
