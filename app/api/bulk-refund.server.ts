import { keepAnswer, keptAnswer, type Answer } from '../commands/idempotency/kept-answer.server.ts'
import { refundInBulk, type BulkResult } from '../commands/refunds/refund-in-bulk.server.ts'
import { BulkRefunds } from '../contracts/payment-requests.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import { idempotencyOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'

const ROUTE = 'POST /refunds/bulk'

/** A row names its payment where a path has an id. */
const fieldOf = (param: string): string => (param === 'id' ? 'payment' : param)

const rowText = (payment: string, { refund, error }: BulkResult, index: number) => ({
	index,
	payment,
	refund,
	error: error && {
		code: error.code,
		message: error.message,
		...(error.param && { param: fieldOf(error.param) }),
	},
})

function bodyOf(asked: BulkRefunds, results: readonly BulkResult[]): string {
	const rows = results.map((result, index) => rowText(asked.refunds[index]?.payment ?? '', result, index))
	const refused = results.filter(({ error }) => error !== null).length
	return JSON.stringify({ object: 'bulk_refund', made: results.length - refused, refused, results: rows })
}

const answered = ({ status, body, replayed }: Answer): Response =>
	jsonText(status, body, replayed ? { 'idempotent-replayed': 'true' } : {})

/** POST /api/v1/refunds/bulk: up to 100 refunds, each made or refused by itself. Only with a key is it safe to repeat. */
export const bulkRefund = operation('POST /refunds/bulk', async ({ caller, request, context }) => {
	const { services } = context
	const { merchantId, cause, grant } = caller
	const { value, fingerprint } = await readJson(request)
	const asked = BulkRefunds.parse(value)
	const key = idempotencyOf(request, {
		merchantId,
		livemode: services.livemode,
		route: ROUTE,
		fingerprint,
		waitSeconds: 0,
	})
	if (!key) {
		throw new DomainError(
			'invalid',
			'idempotency_key_missing',
			'Send an Idempotency-Key: without it a bulk refund cannot be repeated safely when its answer is lost.',
			{ param: 'Idempotency-Key' },
		)
	}
	const kept = await keptAnswer(services, key)
	if (kept) return answered(kept)
	const results = await refundInBulk(services, {
		merchantId,
		actor: cause,
		grant,
		route: `${ROUTE}/${key.key}`,
		fingerprint,
		rows: asked.refunds.map(({ payment, amount, reason }) => ({
			paymentId: payment,
			amountMinor: amount === undefined ? null : BigInt(amount),
			reason: reason ?? null,
		})),
	})
	const resourceId = results.find(({ refund }) => refund)?.refund?.id ?? asked.refunds[0]?.payment ?? ''
	return answered(await keepAnswer(services, key, { resourceId, status: 200, body: bodyOf(asked, results) }))
})
