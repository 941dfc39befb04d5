import type { Kysely } from 'kysely'
import type { Rates } from '#app/commands/fx/current-rates.server.ts'
import { refreshRates as refresh } from '#app/commands/fx/refresh-rates.server.ts'
import type { RateTable } from '#app/domain/fx/rate-table.ts'
import type { Logger } from '#app/telemetry/logger.server.ts'
import type { DB } from '#db/schema.ts'
import { refreshRates } from '#jobs/catalog/fx.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	rates: Rates
	fetchRates: (() => Promise<RateTable>) | null
	committed: (queues: readonly string[]) => void
	logger: Pick<Logger, 'info' | 'error'>
}

/** Safe to run twice: a day's rates are kept once. */
export default handles(refreshRates, async (deps: Deps) => {
	const { asOf, trouble } = await refresh(deps)
	const fields = { metric: 'exchange rates', asOf }
	if (trouble === null) deps.logger.info(fields, 'the exchange rates were looked up')
	else deps.logger.error({ ...fields, trouble }, 'the exchange rates could not be refreshed')
	return 'done'
})
