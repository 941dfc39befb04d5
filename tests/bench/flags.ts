import { parseArgs } from 'node:util'

export const FIGURES = ['accept', 'whole', 'live', 'ceiling'] as const
export type FigureName = (typeof FIGURES)[number]

export type Flags = {
	json: string | undefined
	quick: boolean
	only: readonly FigureName[]
	/** Folder for a CPU profile of the app and the statements of the database; the run itself becomes slower. */
	profile: string | undefined
}

const isFigure = (name: string): name is FigureName => (FIGURES as readonly string[]).includes(name)

export function readFlags(args: readonly string[]): Flags {
	const { values } = parseArgs({
		args: [...args],
		options: {
			json: { type: 'string' },
			quick: { type: 'boolean', default: false },
			only: { type: 'string', multiple: true, default: [] },
			profile: { type: 'string' },
		},
	})
	const unknown = values.only.filter((name) => !isFigure(name))
	if (unknown.length > 0) {
		throw new Error(`--only ${unknown.join(', ')}: choose from ${FIGURES.join(', ')}`)
	}
	const only = values.only.filter(isFigure)
	return {
		json: values.json,
		quick: values.quick,
		only: only.length > 0 ? only : FIGURES,
		profile: values.profile,
	}
}
