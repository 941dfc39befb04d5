import type { DisputeAnswer, DisputeGateway, DisputeObservation } from '../../domain/disputes/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import type { PayPalClient } from './client.server.ts'
import { Dispute } from './dispute-shape.server.ts'
import { evidenceOnWire } from './evidence.server.ts'
import { disputeRefsSince } from './list-disputes.server.ts'
import { readJson } from './read-answer.server.ts'
import { readDispute, type Disputed } from './read-dispute.server.ts'
import { isMissing, isRefusal, problemOf, reasonOf } from './read-error.server.ts'

/** Evidence may come with files, so it is always a form; what is said stands in one part of it. */
function formOf(input: object): FormData {
	const form = new FormData()
	form.append('input', new Blob([JSON.stringify(input)], { type: 'application/json' }))
	return form
}

type Act = { name: string; headers: Record<string, string>; body: string | FormData }

/** Disputes through PayPal, or through anything that speaks its wire format. */
export function createPayPalDisputes({ payments, send }: PayPalClient): DisputeGateway {
	async function disputedBy(captureId: string): Promise<Disputed> {
		try {
			const { result } = await payments.getCapturedPayment({ captureId })
			const orderId = result.supplementaryData?.relatedIds?.orderId ?? null
			return { orderId, attemptId: result.customId ?? null }
		} catch (error) {
			if (isMissing(error)) return { orderId: null, attemptId: null }
			throw error
		}
	}

	async function retrieve(ref: string): Promise<DisputeObservation> {
		const path = `/v1/customer/disputes/${encodeURIComponent(ref)}`
		const dispute = Dispute.parse(readJson(await send({ method: 'GET', path, headers: {} })))
		const [transaction] = dispute.disputed_transactions
		return readDispute(dispute, await disputedBy(transaction?.seller_transaction_id ?? ''))
	}

	/** PayPal answers with links only: how the case stands is asked for afterwards. */
	async function answer(ref: string, key: string, act: Act): Promise<DisputeAnswer> {
		assertNoOpenTransaction('calling PayPal')
		try {
			const path = `/v1/customer/disputes/${encodeURIComponent(ref)}/${act.name}`
			const headers = { ...act.headers, 'paypal-request-id': key }
			readJson(await send({ method: 'POST', path, headers, body: act.body }))
			return { kind: 'taken', dispute: await retrieve(ref) }
		} catch (error) {
			const problem = problemOf(error)
			return problem !== null && isRefusal(problem)
				? { kind: 'refused', reason: problem.description ?? problem.issue }
				: { kind: 'unknown', reason: reasonOf(error) }
		}
	}

	return {
		async findDispute(ref) {
			assertNoOpenTransaction('calling PayPal')
			try {
				return await retrieve(ref)
			} catch (error) {
				if (isMissing(error)) return null
				throw error
			}
		},
		async listRefsSince(since) {
			assertNoOpenTransaction('calling PayPal')
			return disputeRefsSince(send, since)
		},
		submitEvidence: ({ key, ref, evidence }) =>
			answer(ref, key, {
				name: 'provide-evidence',
				headers: {},
				body: formOf(evidenceOnWire(evidence)),
			}),
		accept: ({ key, ref }) =>
			answer(ref, key, {
				name: 'accept-claim',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ note: 'The claim is accepted.', accept_claim_type: 'REFUND' }),
			}),
	}
}
