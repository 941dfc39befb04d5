/** One row of a chain, with whether it still carries the hash of its own words. */
export type Link = {
	seq: bigint
	/** Hex. */
	prev: string
	hash: string
	isOwnHash: boolean
	/** The place this row was written at, when it is another than the one it stands at now. */
	writtenAt: bigint | null
}

export type ChainProblem = 'changed' | 'moved' | 'missing' | 'unlinked' | 'cut_off' | 'head'

/** The first row that is not what was written, and all that can be said about it. */
export type Break = { seq: bigint; problem: ChainProblem }

/** Where a walk along a chain has come to. */
export type Place = { seq: bigint; hash: string }

/** Before the first row. */
export const START: Place = { seq: 0n, hash: '00' }

/** Judges one row by the one before it. */
export function judgeLink(before: Place, link: Link): Break | null {
	const due = before.seq + 1n
	if (link.writtenAt !== null) return { seq: due, problem: 'moved' }
	if (link.seq !== due) return { seq: due, problem: 'missing' }
	if (!link.isOwnHash) return { seq: due, problem: 'changed' }
	return link.prev === before.hash ? null : { seq: due, problem: 'unlinked' }
}

/** Judges the end of the walk by the head that was kept when the last row was written. */
export function judgeEnd(last: Place, head: Place | null): Break | null {
	const kept = head ?? START
	if (kept.seq > last.seq) return { seq: last.seq + 1n, problem: 'cut_off' }
	if (kept.seq < last.seq || kept.hash !== last.hash) return { seq: last.seq, problem: 'head' }
	return null
}

export const PROBLEM_WORDS: Readonly<Record<ChainProblem, (seq: string) => string>> = {
	changed: (seq) => `Line ${seq} was changed after it was written.`,
	moved: (seq) => `The line that stands at ${seq} was written at another place.`,
	missing: (seq) => `Line ${seq} was taken out.`,
	unlinked: (seq) => `Line ${seq} does not follow the line before it: that one was replaced.`,
	cut_off: (seq) => `Line ${seq} and everything after it was cut off.`,
	head: (seq) => `The end of the record is kept as another line than line ${seq}.`,
}
