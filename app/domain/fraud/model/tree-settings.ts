export type TreeSettings = {
	readonly trees: number
	readonly depth: number
	/** How much of each tree's advice is taken. */
	readonly rate: number
	/** Shares of examples and features each tree sees. */
	readonly rowShare: number
	readonly columnShare: number
	/** Pulls small leaves towards 0. */
	readonly lambda: number
	/** The least sum of second derivatives on either side of a split. */
	readonly leastWeight: number
	readonly seed: number
}

/** Measured on several weeks of simulated payments (docs/decisions/041). */
export const TREE_SETTINGS: TreeSettings = {
	trees: 150,
	depth: 4,
	rate: 0.05,
	rowShare: 0.8,
	columnShare: 0.6,
	lambda: 1,
	leastWeight: 2,
	seed: 1,
}
