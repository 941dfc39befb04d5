export type Figure = {
	figure: string
	goal: string
	measured: string
	ok: boolean
	/** Says how fast this machine is, not whether money is right: shared machines (CI=true) may miss it. */
	isPace?: true
}
/** `notes` are told under the table: what a verdict cannot say. */
export type Outcome = { figures: Figure[]; notes: string[] }

export const none = (figure: string, count: number): Figure => ({
	figure,
	goal: '0',
	measured: String(count),
	ok: count === 0,
})

export const atLeast = (figure: string, least: number, value: number, digits = 0): Figure => ({
	figure,
	goal: `≥ ${least}`,
	measured: value.toFixed(digits),
	ok: value >= least,
})

export const atMost = (figure: string, most: number, value: number, unit: string, digits = 1): Figure => ({
	figure,
	goal: `≤ ${most} ${unit}`,
	measured: `${value.toFixed(digits)} ${unit}`,
	ok: value <= most,
})

export const pace = (figure: Figure): Figure => ({ ...figure, isPace: true })

export const isMet = ({ ok, isPace }: Figure): boolean =>
	ok || (isPace === true && process.env['CI'] === 'true')
