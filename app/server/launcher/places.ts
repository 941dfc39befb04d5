import { join, resolve } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')

/** Everything the launcher keeps between runs; deleting the folder starts over. TILLHOUSE_DATA moves it. */
export const KEPT = resolve(ROOT, process.env['TILLHOUSE_DATA'] || '.data')
