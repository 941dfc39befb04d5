import type { Services } from '../compose.server.ts'
import { RETRY_QUEUES, retryItem } from '../commands/attention/retry-attention.server.ts'
import { attentionNotFound, settleItem } from '../commands/attention/settle-attention.server.ts'
import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { ListAttention, SettleAttention } from '../contracts/attention-requests.ts'
import { AttentionId } from '../contracts/ids.ts'
import { NoParameters } from '../contracts/payment-requests.ts'
import type { Cause } from '../domain/payments/cause.ts'
import { idempotencyOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentAttentionItem, presentAttentionPage } from '../presenters/attention.server.ts'
import { json, jsonText, type ApiHandler } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** GET /api/v1/attention */
export const listAttention = operation('GET /attention', async ({ caller, request, context }) => {
	const { merchantId } = caller
	const query = ListAttention.parse(Object.fromEntries(new URL(request.url).searchParams))
	return json(await presentAttentionPage(context.services, { merchantId, query }))
})

function itemIdIn({ id = '' }: Readonly<Record<string, string | undefined>>): AttentionId {
	const parsed = AttentionId.safeParse(id)
	if (!parsed.success) throw attentionNotFound(id)
	return parsed.data
}

type OnItem = { merchantId: string; id: AttentionId; actor: Cause }
type Effect = (
	services: Services,
	call: OnItem,
	body: unknown,
) => (tx: Parameters<typeof settleItem>[0]) => Promise<unknown>

const onItem = (verb: 'settle' | 'retry', effect: Effect): ApiHandler =>
	operation(`POST /attention/:id/${verb}`, async ({ caller, request, context, params }) => {
		const { services } = context
		const { merchantId, cause: actor } = caller
		const id = itemIdIn(params)
		const { value, fingerprint } = await readJson(request)
		const run = effect(services, { merchantId, id, actor }, value)
		const route = `POST /attention/${id}/${verb}`
		const answer = await answerOnce(
			services,
			idempotencyOf(request, { merchantId, livemode: services.livemode, route, fingerprint, waitSeconds: 0 }),
			{
				resourceId: id,
				status: 200,
				present: (kept) => presentAttentionItem(services, { merchantId, id: kept }),
				settled: null,
				committed: () => services.committed(RETRY_QUEUES),
			},
			run,
		)
		return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
	})

/** POST /api/v1/attention/:id/settle */
export const settleAttention = onItem('settle', (_services, call, body) => {
	const settlement = SettleAttention.parse(body)
	return (tx) => settleItem(tx, { ...call, ...settlement })
})

/** POST /api/v1/attention/:id/retry */
export const retryAttention = onItem('retry', (services, call, body) => {
	NoParameters.parse(body)
	return (tx) => retryItem(tx, services, call)
})
