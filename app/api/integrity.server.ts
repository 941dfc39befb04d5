import { presentIntegrity } from '../presenters/integrity.server.ts'
import { handler, json } from './handler.server.ts'

/** GET /api/v1/integrity: what the last checks of all books found. Public: it names no business and no row. */
export const readIntegrity = handler(async (_request, { services }) => json(await presentIntegrity(services)))
