import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { MOMENTS } from './moments/index.ts'
import type { Moment } from './moments/moment.ts'
import { RUNS } from './runs/index.ts'

export type Flags = {
	json: string | undefined
	nightly: boolean
	only: readonly string[]
	/** Where R1 and R2 strike. */
	moments: readonly Moment[]
	seed: number
}

const LARGEST_SEED = 2 ** 31

/** All of them, unless some are named: `R1,R2`, or the flag twice. */
function chosen<T extends { name: string }>(
	flag: string,
	given: readonly string[],
	all: readonly T[],
): readonly T[] {
	const names = given.flatMap((list) => list.split(','))
	const known = all.map(({ name }) => name)
	const unknown = names.filter((name) => !known.includes(name))
	if (unknown.length > 0) throw new Error(`${flag} ${unknown.join(', ')}: choose from ${known.join(', ')}`)
	return names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all
}

export function readFlags(args: readonly string[]): Flags {
	const { values } = parseArgs({
		args: [...args],
		options: {
			json: { type: 'string' },
			nightly: { type: 'boolean', default: false },
			moments: { type: 'string', multiple: true, default: [] },
			only: { type: 'string', multiple: true, default: [] },
			seed: { type: 'string' },
		},
	})
	const only = chosen('--only', values.only, RUNS)
	const moments = chosen('--moments', values.moments, MOMENTS)
	const seed = values.seed === undefined ? randomInt(LARGEST_SEED) : Number(values.seed)
	if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed must be a whole number')
	return { json: values.json, nightly: values.nightly, only: only.map(({ name }) => name), moments, seed }
}
