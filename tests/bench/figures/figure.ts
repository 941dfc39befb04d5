import type { Limits } from '../limits.ts'
import type { Stage } from '../stage/stage.ts'

export type Row = {
	figure: string
	value: number
	unit: string
	/** What it is compared with, measured in the same run. */
	peer?: { name: string; value: number }
	/** value ÷ peer. */
	ratio?: number
	goal?: string
}

export type BenchContext = { stage: Stage; limits: Limits; signal: AbortSignal; say: (text: string) => void }
/** `notes` are told under the table: failures, what is missing, what was cut short. */
export type Measured = { rows: Row[]; notes: string[] }
