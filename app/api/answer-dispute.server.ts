import { giveUp } from '../commands/disputes/accept-dispute.server.ts'
import { keepEvidence, type AnswerStep } from '../commands/disputes/write-evidence.server.ts'
import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { WriteEvidence } from '../contracts/dispute-requests.ts'
import { NoParameters } from '../contracts/payment-requests.ts'
import { idempotencyOf, waitSecondsOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentDispute } from '../presenters/dispute.server.ts'
import { jsonText, type ApiHandler } from './handler.server.ts'
import { operation } from './operation.server.ts'
import { disputeIdIn } from './read-disputes.server.ts'

/** What a body asks for: the change, and whether the gateway will have to answer. */
type Asked = { goesToGateway: boolean; change: AnswerStep }

/** The answer shows the case as asked for; `Prefer: wait=N` waits for the gateway's word. */
const answering = (name: 'evidence' | 'accept', read: (body: unknown) => Asked): ApiHandler =>
	operation(`POST /disputes/:id/${name}`, async ({ caller, request, context, params }) => {
		const { services } = context
		const { merchantId, cause: actor } = caller
		const disputeId = disputeIdIn(params)
		const { value, fingerprint } = await readJson(request)
		const { goesToGateway, change } = read(value)
		const waitSeconds = goesToGateway ? waitSecondsOf(request) : 0
		const present = () => presentDispute(services, { merchantId, disputeId })
		const settled = async () => {
			const dispute = await present()
			return dispute && services.waitForDispute(dispute.payment, disputeId, waitSeconds)
		}
		const answer = await answerOnce(
			services,
			idempotencyOf(request, {
				merchantId,
				livemode: services.livemode,
				route: `POST /disputes/${disputeId}/${name}`,
				fingerprint,
				waitSeconds,
			}),
			{
				resourceId: disputeId,
				status: 200,
				present,
				settled: waitSeconds > 0 ? settled : null,
				committed: () => services.committed(goesToGateway ? [services.jobs.dispute] : []),
			},
			(tx) => change(tx, services, { merchantId, disputeId, actor }),
		)
		return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
	})

/** POST /api/v1/disputes/:id/evidence: keeps a draft, or submits it for good. */
export const writeDisputeEvidence = answering('evidence', (body) => {
	const { evidence: changes, submit } = WriteEvidence.parse(body)
	return {
		goesToGateway: submit,
		change: (tx, services, input) => keepEvidence(tx, services, { ...input, changes, submit }),
	}
})

/** POST /api/v1/disputes/:id/accept: gives the case up. */
export const acceptDispute = answering('accept', (body) => {
	NoParameters.parse(body)
	return { goesToGateway: true, change: giveUp }
})
