import type { Moment } from './moments/moment.ts'
import type { Random } from './random.ts'
import type { Sizes } from './sizes.ts'
import type { Stage, StageOptions } from './stage/stage.ts'

export type RunContext = {
	/** Where to strike. */
	moments: readonly Moment[]
	sizes: Sizes
	random: Random
	signal: AbortSignal
	say: (text: string) => void
	/** Opens a stage of this run's own; it is closed when the run is over. */
	open(options: Pick<StageOptions, 'webhooks' | 'gatewayTimeoutMs' | 'isBehindProxy'>): Promise<Stage>
}
