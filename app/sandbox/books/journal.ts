import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Recorder, Row } from './collection.ts'

const FLUSH_AFTER_MS = 20

export interface Entry {
	in: string
	id: string
	row: Row | null
}

/**
 * The books on disk: one JSON line per changed row, only ever appended. Changes within a few milliseconds
 * are written together and a row changed twice in that time is written once.
 */
export class Journal {
	readonly #path: string | undefined
	#file: FileHandle | undefined
	#pending = new Map<string, Entry>()
	#timer: NodeJS.Timeout | undefined
	#writing: Promise<void> = Promise.resolve()

	constructor(path: string | undefined) {
		this.#path = path
	}

	readonly record: Recorder = (collection, id, row) => {
		if (this.#path === undefined) return
		this.#pending.set(`${collection}/${id}`, { in: collection, id, row })
		this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS)
	}

	async open(restore: (entry: Entry) => void): Promise<void> {
		if (this.#path === undefined) return
		await mkdir(dirname(this.#path), { recursive: true })
		this.#file = await open(this.#path, 'a')
		const lines = createInterface({ input: createReadStream(this.#path), crlfDelay: Infinity })
		for await (const line of lines) {
			const entry = parse(line)
			if (entry) restore(entry)
		}
		// A kill may have left half a line behind: the next entry must not be glued to it.
		const { size } = await this.#file.stat()
		if (size > 0) await this.#file.appendFile('\n')
	}

	async close(): Promise<void> {
		this.#flush()
		await this.#writing
		await this.#file?.close()
	}

	#flush(): void {
		clearTimeout(this.#timer)
		this.#timer = undefined
		if (this.#pending.size === 0) return
		const batch = this.#pending
		this.#pending = new Map()
		this.#writing = this.#writing.then(async () => {
			let lines = ''
			for (const entry of batch.values()) lines += `${JSON.stringify(entry)}\n`
			await this.#file?.appendFile(lines)
		})
	}
}

function parse(line: string): Entry | undefined {
	try {
		return line === '' ? undefined : (JSON.parse(line) as Entry)
	} catch {
		return undefined
	}
}
