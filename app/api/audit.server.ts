import { paymentNotFound } from '../commands/payments/request-operation.server.ts'
import { ListAudit } from '../contracts/audit.ts'
import { presentAuditOfPayment, presentAuditPage } from '../presenters/audit-page.server.ts'
import { json } from './handler.server.ts'
import { operation } from './operation.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

const queryOf = (request: Request) => ListAudit.parse(Object.fromEntries(new URL(request.url).searchParams))

/** GET /api/v1/audit */
export const listAudit = operation('GET /audit', async ({ caller, request, context }) =>
	json(await presentAuditPage(context.services, caller.merchantId, queryOf(request))),
)

/** GET /api/v1/transactions/:id/audit-logs */
export const listAuditOfPayment = operation(
	'GET /transactions/:id/audit-logs',
	async ({ caller: { merchantId }, request, context, params }) => {
		const paymentId = paymentIdIn(params)
		const page = await presentAuditOfPayment(context.services, { merchantId, paymentId }, queryOf(request))
		if (page === null) throw paymentNotFound(paymentId)
		return json(page)
	},
)
