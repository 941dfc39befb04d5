import { presentIntegrity } from '../presenters/integrity.server.ts'
import { json } from './handler.server.ts'
import { publicOperation } from './operation.server.ts'

/** GET /api/v1/integrity: what the last checks of all books found. Public: it names no business and no row. */
export const readIntegrity = publicOperation('GET /integrity', async ({ context }) =>
	json(await presentIntegrity(context.services.acrossMerchants)),
)
