import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')

/** Everything the launcher keeps between runs; deleting the folder starts over. */
export const KEPT = join(ROOT, '.data')
