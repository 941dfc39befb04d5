import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { askForRun } from '../commands/reconciliation/request-reconciliation.server.ts'
import { ListDifferences } from '../contracts/payment-requests.ts'
import { StartReconciliation } from '../contracts/reconciliation.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { newId } from '../domain/ids/new-id.ts'
import { idempotencyOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentDifferencePage, presentReconciliation, toRun } from '../presenters/reconciliation.server.ts'
import { json, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** POST /api/v1/reconciliation: starts a run; GET shows what came of it. */
export const startReconciliation = operation('POST /reconciliation', async ({ caller, request, context }) => {
	const { services } = context
	const { merchantId, cause } = caller
	const { value, fingerprint } = await readJson(request)
	const asked = StartReconciliation.parse(value)
	if (!services.gateways.find(asked.gateway)) {
		const message = `gateway: no gateway is called ${asked.gateway}`
		throw new DomainError('invalid', 'gateway_unknown', message, { param: 'gateway' })
	}
	const answer = await answerOnce(
		services,
		idempotencyOf(request, {
			merchantId,
			livemode: services.livemode,
			route: 'POST /reconciliation',
			fingerprint,
			waitSeconds: 0,
		}),
		{
			resourceId: newId('rec'),
			status: 202,
			present: () => presentReconciliation(services, { merchantId }),
			settled: null,
			committed: () => services.committed([services.jobs.reconcile]),
		},
		async (tx) =>
			toRun(await askForRun(tx, services, { merchantId, actor: cause, ...asked }), services.clock.now()),
	)
	return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
})

/** GET /api/v1/reconciliation */
export const readReconciliation = operation('GET /reconciliation', async ({ caller, context }) => {
	const { merchantId } = caller
	return json(await presentReconciliation(context.services, { merchantId }))
})

/** GET /api/v1/reconciliation/differences */
export const listDifferences = operation(
	'GET /reconciliation/differences',
	async ({ caller, request, context }) => {
		const { merchantId } = caller
		const query = ListDifferences.parse(Object.fromEntries(new URL(request.url).searchParams))
		return json(await presentDifferencePage(context.services, merchantId, query))
	},
)
