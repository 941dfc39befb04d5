import { acceptDispute } from '#app/commands/disputes/accept-dispute.server.ts'
import { recordDownload } from '#app/commands/audit/record-download.server.ts'
import { retryAttention } from '#app/commands/attention/retry-attention.server.ts'
import { settleAttention } from '#app/commands/attention/settle-attention.server.ts'
import { writeEvidence } from '#app/commands/disputes/write-evidence.server.ts'
import { setCurrencies } from '#app/commands/fx/set-currencies.server.ts'
import { setMethod } from '#app/commands/methods/set-method.server.ts'
import { approvePayment } from '#app/commands/payments/approve-payment.server.ts'
import { cancelPayment } from '#app/commands/payments/cancel-payment.server.ts'
import { capturePayment } from '#app/commands/payments/capture-payment.server.ts'
import { refuseOperation } from '#app/commands/payments/refuse-operation.server.ts'
import { rejectPayment } from '#app/commands/payments/reject-payment.server.ts'
import { erasePayer } from '#app/commands/privacy/erase-payer.server.ts'
import { recordExport } from '#app/commands/privacy/record-export.server.ts'
import { recordView } from '#app/commands/privacy/record-view.server.ts'
import { requestReconciliation } from '#app/commands/reconciliation/request-reconciliation.server.ts'
import { settleDifference } from '#app/commands/reconciliation/settle-difference.server.ts'
import { uploadBankStatement } from '#app/commands/reconciliation/upload-bank-statement.server.ts'
import { approveRefund } from '#app/commands/refunds/approve-refund.server.ts'
import { cancelRefund } from '#app/commands/refunds/cancel-refund.server.ts'
import { rejectRefund } from '#app/commands/refunds/reject-refund.server.ts'
import { requestRefund } from '#app/commands/refunds/request-refund.server.ts'
import { setRefundLimit } from '#app/commands/refunds/set-refund-limit.server.ts'
import { changeRouting } from '#app/commands/routing/change-routing.server.ts'
import { HOUSE_GRANT } from '#app/domain/access/grant.ts'
import { inTransaction } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { operateOnPayment, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import type { House } from '#tests/support/house.ts'
import { disputedPayment } from '../disputes/cases.ts'
import { chargedPayment, paymentOf, runNow, takePayment } from '../payments/by-hand.ts'
import { reconcile, strangeCharge } from '../reconciliation/plants.ts'
import { takeRefund } from '../refunds/by-hand.ts'

const person = { kind: 'console', ref: 'usr_one' } as const
const colleague = { kind: 'console', ref: 'usr_two' } as const

/** Prepares what a command needs, and returns the command. */
type Prepare = (house: House) => Promise<() => Promise<unknown>>

export type Audited = { action: string; reason?: string; prepare: Prepare }

const of = (house: House) => ({ merchantId: house.demo.merchantId, actor: person, grant: HOUSE_GRANT })

async function refund(house: House, aboveMinor: bigint | null) {
	const paymentId = await chargedPayment(house, { amount: 2_000 })
	await setRefundLimit(house.services, { ...of(house), currency: 'eur', aboveMinor })
	const ask = () =>
		requestRefund(house.services, { ...of(house), paymentId, amountMinor: 900n, reason: 'duplicate' })
	return { ask }
}

const waitingRefund = async (house: House) => ({
	...of(house),
	refundId: (await (await refund(house, 500n)).ask()).id,
})

async function payerOf(house: House): Promise<string> {
	const id = await chargedPayment(house, { receipt_email: 'payer@colleagues.test' })
	return (await paymentOf(house, id)).payer_id ?? ''
}

const held = (house: House) => chargedPayment(house, { capture_method: 'manual' })
const inReview = (house: House) => chargedPayment(house, { amount: 500_001, currency: 'usd' })

async function attention(house: House): Promise<string> {
	const { db } = house.services
	const merchant_id = house.demo.merchantId
	const subject_id = `I01-${Math.random()}`
	await inTransaction(db, (tx) =>
		openAttention(tx, [{ merchant_id, kind: 'integrity_broken', subject_id, detail: 'A test.' }]),
	)
	const query = db.selectFrom('attention_items').select('id').where('subject_id', '=', subject_id)
	return (await query.executeTakeFirstOrThrow()).id
}

async function difference(house: House): Promise<string> {
	const { ref } = await strangeCharge('automatic')(house)
	await reconcile(house)
	const query = house.services.db.selectFrom('reconciliation_differences').select('id')
	return (await query.where('provider_ref', '=', ref).executeTakeFirstOrThrow()).id
}

/** By file below app/commands: every command that changes money, access or settings, and the one line it leaves. */
export const AUDITED: Readonly<Record<string, Audited>> = {
	'attention/retry-attention': {
		action: 'attention.retried',
		prepare: async (house) => {
			const id = await attention(house)
			return () => retryAttention(house.services, { ...of(house), id })
		},
	},
	'attention/settle-attention': {
		action: 'attention.settled',
		reason: 'Looked, and all was well.',
		prepare: async (house) => {
			const id = await attention(house)
			const note = 'Looked, and all was well.'
			return () => settleAttention(house.services, { ...of(house), id, outcome: 'by_hand', note })
		},
	},
	'audit/record-download': {
		action: 'audit_record.downloaded',
		prepare: async (house) => () => recordDownload(house.services, { ...of(house), filters: {} }),
	},
	'disputes/accept-dispute': {
		action: 'dispute.accept_requested',
		prepare: async (house) => {
			const { dispute } = await disputedPayment(house, 'pm_card_createDispute')
			return () => acceptDispute(house.services, { ...of(house), disputeId: dispute.id })
		},
	},
	'disputes/write-evidence': {
		action: 'dispute.evidence_saved',
		prepare: async (house) => {
			const { dispute } = await disputedPayment(house, 'pm_card_createDispute')
			const changes = { uncategorized_text: 'It was delivered.' }
			return () =>
				writeEvidence(house.services, { ...of(house), disputeId: dispute.id, changes, submit: false })
		},
	},
	'fx/set-currencies': {
		action: 'currencies.changed',
		prepare: async (house) => () =>
			setCurrencies(house.services, { ...of(house), settlementCurrency: 'usd', spreadBps: 80 }),
	},
	'methods/set-method': {
		action: 'payment_method.changed',
		prepare: async (house) => () =>
			setMethod(house.services, {
				...of(house),
				gateway: 'stripe',
				type: 'link',
				change: { isOn: false },
			}),
	},
	'privacy/erase-payer': {
		action: 'payer.erased',
		reason: 'Asked by letter.',
		prepare: async (house) => {
			const payerId = await payerOf(house)
			return () => erasePayer(house.services, { ...of(house), payerId, reason: 'Asked by letter.' })
		},
	},
	'privacy/record-export': {
		action: 'payer.exported',
		prepare: async (house) => {
			const payerId = await payerOf(house)
			return () => recordExport(house.services, { ...of(house), payerId })
		},
	},
	'privacy/record-view': {
		action: 'payer.viewed',
		prepare: async (house) => {
			const payerId = await payerOf(house)
			return () => recordView(house.services, { ...of(house), payerId, seenAt: payerId })
		},
	},
	'payments/approve-payment': {
		action: 'payment.capture_requested',
		prepare: async (house) => {
			const paymentId = await inReview(house)
			return () => approvePayment(house.services, { ...of(house), paymentId })
		},
	},
	'payments/cancel-payment': {
		action: 'payment.cancel_requested',
		prepare: async (house) => {
			const paymentId = await held(house)
			return () => cancelPayment(house.services, { ...of(house), paymentId })
		},
	},
	'payments/capture-payment': {
		action: 'payment.capture_requested',
		prepare: async (house) => {
			const paymentId = await held(house)
			return () => capturePayment(house.services, { ...of(house), paymentId, amountMinor: null })
		},
	},
	'payments/reject-payment': {
		action: 'payment.reject_requested',
		reason: 'A stolen card',
		prepare: async (house) => {
			const paymentId = await inReview(house)
			return () => rejectPayment(house.services, { ...of(house), paymentId, reason: 'A stolen card' })
		},
	},
	'payments/refuse-operation': {
		action: 'payment.capture_given_up',
		prepare: async (house) => {
			const paymentId = await held(house)
			await capturePayment(house.services, { ...of(house), paymentId, amountMinor: null })
			const [job] = await house.services.boss.fetch<object>(operateOnPayment.name, { ignoreStartAfter: true })
			if (!job) throw new Error('nobody asked for the capture')
			const { merchantId } = of(house)
			const fetched = { queue: operateOnPayment.name, job }
			return () =>
				refuseOperation(house.services, { merchantId, paymentId, reason: 'Too late.', job: fetched })
		},
	},
	'payments/settle-outcomes': {
		action: 'payment.captured',
		prepare: async (house) => {
			await takePayment(house)
			return () => runNow(house, processPayment)
		},
	},
	'reconciliation/request-reconciliation': {
		action: 'reconciliation.requested',
		prepare: async (house) => () =>
			requestReconciliation(house.composed.forMerchant(house.demo.merchantId, false), {
				...of(house),
				gateway: 'stripe',
			}),
	},
	'reconciliation/settle-difference': {
		action: 'reconciliation.difference_settled',
		reason: 'A test charge.',
		prepare: async (house) => {
			const differenceId = await difference(house)
			return () => settleDifference(house.services, { ...of(house), differenceId, note: 'A test charge.' })
		},
	},
	'reconciliation/upload-bank-statement': {
		action: 'bank_statement.uploaded',
		prepare: async (house) => () =>
			uploadBankStatement(house.services, {
				...of(house),
				fileName: 'november.csv',
				bytes: Buffer.from('date;amount;currency;text\n2026-11-02;-12,00;EUR;RENT\n'),
			}),
	},
	'refunds/approve-refund': {
		action: 'refund.approved',
		prepare: async (house) => {
			const input = await waitingRefund(house)
			return () => approveRefund(house.services, { ...input, actor: colleague })
		},
	},
	'refunds/cancel-refund': {
		action: 'refund.canceled',
		prepare: async (house) => {
			const input = await waitingRefund(house)
			return () => cancelRefund(house.services, input)
		},
	},
	'refunds/reject-refund': {
		action: 'refund.canceled',
		prepare: async (house) => {
			const input = await waitingRefund(house)
			return () => rejectRefund(house.services, { ...input, actor: colleague })
		},
	},
	'refunds/request-refund': {
		action: 'refund.requested',
		reason: 'duplicate',
		prepare: async (house) => (await refund(house, null)).ask,
	},
	'refunds/set-refund-limit': {
		action: 'refund_limit.changed',
		prepare: async (house) => () =>
			setRefundLimit(house.services, { ...of(house), currency: 'gbp', aboveMinor: 700n }),
	},
	'refunds/settle-refund': {
		action: 'refund.succeeded',
		prepare: async (house) => {
			await setRefundLimit(house.services, { ...of(house), currency: 'eur', aboveMinor: null })
			await runNow(house, sendRefund)
			await takeRefund(house, await chargedPayment(house, { amount: 2_000 }), 500)
			return () => runNow(house, sendRefund)
		},
	},
	'routing/change-routing': {
		action: 'routing_rules.switched_on',
		reason: 'Cheaper',
		prepare: async (house) => {
			const save = { kind: 'save', rules: [], activate: false, reason: null } as const
			await changeRouting(house.services, of(house), save)
			return () =>
				changeRouting(house.services, of(house), { kind: 'switch_on', revision: null, reason: 'Cheaper' })
		},
	},
}

const QUEUE_COMMANDS = 'tests/integration/queues/queue-commands.test.ts'

/** Each leaves a line per step or is driven by what happens outside; shown by the test named. */
export const SHOWN_ELSEWHERE: Readonly<Record<string, string>> = {
	'disputes/settle-dispute': 'tests/integration/disputes/dispute-life.test.ts',
	'queues/cancel-job': QUEUE_COMMANDS,
	'queues/pause-queue': QUEUE_COMMANDS,
	'queues/redrive-queue': QUEUE_COMMANDS,
	'queues/resume-queue': QUEUE_COMMANDS,
	'queues/retry-job': QUEUE_COMMANDS,
	'queues/run-round': QUEUE_COMMANDS,
	'reconciliation/book-fee': 'tests/integration/reconciliation/runs.test.ts',
	'reconciliation/match-bank-lines': 'tests/integration/reconciliation/bank.test.ts',
	'refunds/mirror-refund': 'tests/integration/refunds/mirrored.test.ts',
}

const NOTHING_YET = 'Nothing is charged yet: what the gateway takes is settled by payments/settle-outcomes.'
const CALLS_OTHERS = 'Only calls commands that leave their own line.'
const OUR_OWN_WORK = 'Says how the house itself is; changes neither money nor access nor settings.'

/** Commands that open a transaction and leave no line, and why not. */
export const QUIET: Readonly<Record<string, string>> = {
	'attention/report-dead-job':
		'Opens an item for a person; what it gives up leaves the line of payments/refuse-operation.',
	'attention/tidy-attention': OUR_OWN_WORK,
	'audit/verify-audit': OUR_OWN_WORK,
	'checkout/open-checkout-session': NOTHING_YET,
	'disputes/watch-disputes': OUR_OWN_WORK,
	'fx/quote-checkout': NOTHING_YET,
	'fx/refresh-rates': OUR_OWN_WORK,
	'idempotency/answer-once': CALLS_OTHERS,
	'idempotency/kept-answer': OUR_OWN_WORK,
	'integrity/verify-integrity': OUR_OWN_WORK,
	'payments/accept-payments': NOTHING_YET,
	'privacy/seal-unsealed': OUR_OWN_WORK,
	'payments/ask-about-payment': OUR_OWN_WORK,
	'payments/expire-payments': CALLS_OTHERS,
	'payments/screen-payments': NOTHING_YET,
	'reconciliation/check-difference': CALLS_OTHERS,
	'reconciliation/reconcile-account': CALLS_OTHERS,
	'reconciliation/reconcile-charges': CALLS_OTHERS,
	'reconciliation/reconcile-named': CALLS_OTHERS,
	'reconciliation/reconcile-refunds': CALLS_OTHERS,
	'reconciliation/reconcile-span': CALLS_OTHERS,
	'reconciliation/run-reconciliation': CALLS_OTHERS,
	'refunds/watch-refunds': CALLS_OTHERS,
	'webhooks/receive-webhook': 'Keeps a message; what it leads to leaves its own line.',
}
