import { erasePayer as erase } from '../commands/privacy/erase-payer.server.ts'
import { payerNotFound, payerOf } from '../commands/privacy/find-payer.server.ts'
import { recordExport } from '../commands/privacy/record-export.server.ts'
import { ErasePayer, FindPayer, ListPrivacyRequests, PayerId } from '../contracts/privacy.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { readJson } from '../http/read-json.server.ts'
import { payerExport } from '../presenters/payer-export.server.ts'
import {
	presentPayer,
	presentPayerById,
	presentPrivacyRequests,
	presentRequest,
} from '../presenters/privacy.server.ts'
import { json, type Params } from './handler.server.ts'
import { operation } from './operation.server.ts'

function payerIdIn(params: Params): string {
	const parsed = PayerId.safeParse(params['id'])
	if (!parsed.success) throw payerNotFound()
	return parsed.data
}

/** POST /api/v1/privacy/find */
export const findPayer = operation(
	'POST /privacy/find',
	async ({ caller, request, context: { services } }) => {
		const { email, payment } = FindPayer.parse((await readJson(request)).value)
		const wanted = email === undefined ? { payment: payment ?? '' } : { email }
		return json(await presentPayer(services, await payerOf(services, caller.merchantId, wanted)))
	},
)

/** GET /api/v1/privacy/payers/:id */
export const readPayer = operation('GET /privacy/payers/:id', async ({ caller, context, params }) => {
	const payerId = payerIdIn(params)
	const payer = await presentPayerById(context.services, { merchantId: caller.merchantId, payerId })
	if (!payer) throw payerNotFound()
	return json(payer)
})

/** The file of POST /privacy/payers/:id/export; the console sends the same. */
export const exportResponse = (body: ReadableStream<Uint8Array>, payerId: string): Response =>
	new Response(body, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="${payerId}.json"`,
			'cache-control': 'no-store',
		},
	})

/** POST /api/v1/privacy/payers/:id/export: it leaves a line in the audit record, so it is no GET. */
export const exportPayer = operation(
	'POST /privacy/payers/:id/export',
	async ({ caller, context: { services }, params }) => {
		const { merchantId, cause: actor } = caller
		const payer = await recordExport(services, { merchantId, payerId: payerIdIn(params), actor })
		return exportResponse(payerExport(services, payer, services.clock.now()), payer.id)
	},
)

/** POST /api/v1/privacy/payers/:id/erase */
export const erasePayer = operation(
	'POST /privacy/payers/:id/erase',
	async ({ caller, request, context: { services }, params }) => {
		const { merchantId, cause: actor } = caller
		const payerId = payerIdIn(params)
		const { confirm, reason } = ErasePayer.parse((await readJson(request)).value)
		if (confirm !== payerId) {
			const message = 'confirm: repeat the id of the payer to erase'
			throw new DomainError('invalid', 'parameter_invalid', message, { param: 'confirm' })
		}
		return json(presentRequest(await erase(services, { merchantId, payerId, actor, reason })), 201)
	},
)

/** GET /api/v1/privacy/requests */
export const listPrivacyRequests = operation(
	'GET /privacy/requests',
	async ({ caller, request, context }) => {
		const query = ListPrivacyRequests.parse(Object.fromEntries(new URL(request.url).searchParams))
		return json(await presentPrivacyRequests(context.services, caller.merchantId, query))
	},
)
