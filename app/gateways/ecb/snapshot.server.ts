import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RateTable } from '../../domain/fx/rate-table.ts'
import { readRates } from './read-rates.server.ts'

// By the package's own name: this module also runs from the server bundle.
const FILE = createRequire(import.meta.url).resolve('#app/gateways/ecb/eurofxref-2026-03-13.xml')

/** The rates this program is shipped with. */
export const shippedRates = async (clock: { now(): Date }): Promise<RateTable> =>
	readRates(await readFile(FILE, 'utf8'), { source: 'ecb_snapshot', fetchedAt: clock.now() })
