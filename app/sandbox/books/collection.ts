export interface Row {
	readonly id: string
	readonly created?: number
}

export type Recorder = (collection: string, id: string, row: Row | null) => void

export interface Page {
	startingAfter?: string | undefined
	endingBefore?: string | undefined
	limit: number
	/** Rows are in order of creation, so a listing can stop at the first row before this second. */
	notBefore?: number | undefined
}

/**
 * Rows by id, in order of creation. A row is never changed in place, always replaced: whoever holds one
 * (an event, a batch on its way to the file) holds a snapshot.
 */
export class Collection<T extends Row> {
	readonly name: string
	readonly #record: Recorder
	readonly #groupedBy: keyof T | undefined
	readonly #rows: (T | undefined)[] = []
	readonly #places = new Map<string, number>()
	readonly #groups = new Map<unknown, string[]>()

	constructor(name: string, record: Recorder, groupedBy?: keyof T) {
		this.name = name
		this.#record = record
		this.#groupedBy = groupedBy
	}

	get size(): number {
		return this.#places.size
	}

	get(id: string): T | undefined {
		const place = this.#places.get(id)
		return place === undefined ? undefined : this.#rows[place]
	}

	put(row: T): T {
		this.load(row)
		this.#record(this.name, row.id, row)
		return row
	}

	remove(id: string): void {
		this.unload(id)
		this.#record(this.name, id, null)
	}

	load(row: T): void {
		const place = this.#places.get(row.id)
		if (place !== undefined) {
			this.#rows[place] = row
			return
		}
		this.#places.set(row.id, this.#rows.push(row) - 1)
		if (this.#groupedBy === undefined) return
		const key = row[this.#groupedBy]
		const group = this.#groups.get(key)
		if (group) group.push(row.id)
		else this.#groups.set(key, [row.id])
	}

	unload(id: string): void {
		const place = this.#places.get(id)
		if (place === undefined) return
		this.#rows[place] = undefined
		this.#places.delete(id)
	}

	/** The rows whose grouping field has this value, oldest first. */
	of(key: unknown): T[] {
		return (this.#groups.get(key) ?? []).map((id) => this.get(id)).filter((row) => row !== undefined)
	}

	all(): T[] {
		return this.#rows.filter((row) => row !== undefined)
	}

	/** Newest first, as every Stripe list. `endingBefore` pages towards newer rows. */
	page(page: Page, matches: (row: T) => boolean): { rows: T[]; more: boolean } {
		const { endingBefore, limit, notBefore = 0, startingAfter } = page
		const candidates =
			endingBefore === undefined ? this.#older(startingAfter, notBefore) : this.#newer(endingBefore)
		const found: T[] = []
		for (const row of candidates) {
			if (matches(row)) found.push(row)
			if (found.length > limit) break
		}
		const rows = found.slice(0, limit)
		return { rows: endingBefore === undefined ? rows : rows.reverse(), more: found.length > limit }
	}

	*#older(than: string | undefined, notBefore: number): Generator<T> {
		const start = this.#places.get(than ?? '') ?? this.#rows.length
		for (let place = start - 1; place >= 0; place--) {
			const row = this.#rows[place]
			if (row && (row.created ?? 0) < notBefore) return
			if (row) yield row
		}
	}

	*#newer(than: string): Generator<T> {
		const start = this.#places.get(than) ?? this.#rows.length
		for (let place = start + 1; place < this.#rows.length; place++) {
			const row = this.#rows[place]
			if (row) yield row
		}
	}
}
