import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { expirePayments } from '#app/commands/payments/expire-payments.server.ts'
import { latestAttempt } from '#db/queries/attempts.ts'
import type { Answer } from '#tests/support/house.ts'
import { deliver, messageAbout, TYPES } from '../webhooks/messages.ts'
import {
	CARDS,
	refundableOf,
	type Card,
	type Currency,
	type Ledger,
	type Model,
	type Payment,
} from './model.ts'
import type { Stage } from './stage.ts'

export type Real = { stage: Stage; before: Ledger }
type Command = fc.AsyncCommand<Model, Real>

const PATH = '/api/v1/payments'
/** Three lost answers in a row are still far from the end of every schedule. */
const MOST_LOST = 3

/** Sends a request under a key of its own; what is answered 2xx is kept, and can be sent again. */
async function send({ stage }: Real, model: Model, path: string, body: object): Promise<Answer> {
	const key = randomUUID()
	const answer = await stage.post(path, body, { 'idempotency-key': key })
	if (answer.status < 300) model.last = { path, body, key, status: answer.status, text: answer.text }
	return answer
}

/** Everything comes to rest, and then both books are compared. */
async function compare({ stage, before }: Real, model: Model, payments: Payment[]): Promise<void> {
	await stage.settle()
	await stage.expectAgreement(model, before, payments)
}

/** Amounts that stay on one side of 5,000 US dollars, in the smallest step a card can pay. */
const AMOUNTS: Record<Currency, { small: number; large: number; step: number }> = {
	jpy: { small: 60_000, large: 1_200_000, step: 1 },
	eur: { small: 40_000, large: 900_000, step: 1 },
	kwd: { small: 100_000, large: 2_000_000, step: 10 },
}

type Draft = {
	currency: Currency
	card: Card
	manual: boolean
	large: boolean
	confirm: boolean
	size: number
}

class Create implements Command {
	readonly draft: Draft
	constructor(draft: Draft) {
		this.draft = draft
	}
	check = () => true
	async run(model: Model, real: Real): Promise<void> {
		const { currency, card, manual, large, confirm, size } = this.draft
		const { small, large: most, step } = AMOUNTS[currency]
		const amount = large ? most + size * step : 100 + Math.floor((size * small) / (step * 1_000)) * step
		const answer = await send(real, model, PATH, {
			amount,
			currency,
			payment_method: CARDS[card],
			confirm,
			capture_method: manual ? 'manual' : 'automatic',
		})
		expect(answer.status).toBe(201)
		const payment: Payment = {
			id: String(answer.body['id']),
			currency,
			amount: BigInt(amount),
			card,
			manual,
			large,
			status: 'requires_payment_method',
			captured: 0n,
			refunds: [],
		}
		model.payments.push(payment)
		if (confirm) model.charge(payment)
		await compare(real, model, [payment])
	}
	toString = () => `create(${JSON.stringify(this.draft)})`
}

/** A command about one of the payments there are. */
abstract class OnPayment implements Command {
	readonly name: string
	readonly index: number
	constructor(name: string, index: number) {
		this.name = name
		this.index = index
	}
	check = (model: Readonly<Model>): boolean => this.candidates(model).length > 0
	candidates(model: Readonly<Model>): readonly Payment[] {
		return model.payments
	}
	async run(model: Model, real: Real): Promise<void> {
		const candidates = this.candidates(model)
		const payment = candidates[this.index % candidates.length] as Payment
		await this.act(payment, model, real)
		await compare(real, model, [payment])
	}
	abstract act(payment: Payment, model: Model, real: Real): Promise<void>
	toString = () => `${this.name}(${this.index})`
}

type Operation = 'confirm' | 'cancel' | 'approve' | 'reject'

class Operate extends OnPayment {
	readonly operation: Operation
	constructor(operation: Operation, index: number) {
		super(operation, index)
		this.operation = operation
	}
	async act(payment: Payment, model: Model, real: Real): Promise<void> {
		const answer = await send(real, model, `${PATH}/${payment.id}/${this.operation}`, {})
		expect(answer.status).toBe(model[this.operation](payment))
	}
}

/** Thousandths of what there is; null asks for all of it without naming an amount, above 1,000 asks for too much. */
type Share = number | null

const amountOf = (whole: bigint, share: Share, currency: Currency): bigint | null => {
	if (share === null) return null
	const step = BigInt(AMOUNTS[currency].step)
	const amount = (whole * BigInt(share)) / (1_000n * step)
	return (amount > 0n ? amount : 1n) * step
}

class Capture extends OnPayment {
	readonly share: Share
	constructor(index: number, share: Share) {
		super(`capture ${share}`, index)
		this.share = share
	}
	async act(payment: Payment, model: Model, real: Real): Promise<void> {
		const amount = amountOf(payment.amount, this.share, payment.currency)
		const body = amount === null ? {} : { amount_to_capture: Number(amount) }
		const answer = await send(real, model, `${PATH}/${payment.id}/capture`, body)
		expect(answer.status).toBe(model.capture(payment, amount))
	}
}

class Refund extends OnPayment {
	readonly share: Share
	constructor(index: number, share: Share) {
		super(`refund ${share}`, index)
		this.share = share
	}
	async act(payment: Payment, model: Model, real: Real): Promise<void> {
		const amount = amountOf(refundableOf(payment), this.share, payment.currency)
		const body = amount === null ? {} : { amount: Number(amount) }
		const answer = await send(real, model, `${PATH}/${payment.id}/refund`, body)
		expect(answer.status).toBe(model.refund(payment, amount, String(answer.body['id'])))
	}
}

/** The payer answers at the bank, and the gateway tells us. */
class AnswerChallenge extends OnPayment {
	readonly answer: 'complete' | 'fail'
	constructor(index: number, answer: 'complete' | 'fail') {
		super(`challenge ${answer}`, index)
		this.answer = answer
	}
	override candidates(model: Readonly<Model>): readonly Payment[] {
		return model.payments.filter(({ status }) => status === 'requires_action')
	}
	async act(payment: Payment, model: Model, real: Real): Promise<void> {
		const { body } = await real.stage.house.call('GET', `${PATH}/${payment.id}`)
		const { url } = body['next_action'] as { url: string }
		await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome: this.answer }) })
		model.answerChallenge(payment, this.answer)
		await tell(real, payment, 'payment_intent.processing')
	}
}

/** A message about the payment's charge, twice; what it claims is not to be believed. */
async function tell({ stage }: Real, payment: Payment, type: string): Promise<void> {
	const attempt = await latestAttempt(stage.house.services.db, payment.id)
	if (!attempt?.provider_ref) return
	const message = messageAbout(type, attempt.provider_ref, attempt.id)
	const answers = await Promise.all([deliver(stage.house, message), deliver(stage.house, message)])
	expect(answers.map(({ status }) => status)).toEqual([200, 200])
}

class Tell extends OnPayment {
	readonly type: string
	constructor(index: number, type: string) {
		super(`tell ${type}`, index)
		this.type = type
	}
	act = (payment: Payment, _model: Model, real: Real) => tell(real, payment, this.type)
}

/** The card's bank sends its refunds back after some days, and the gateway tells us of each. */
class SendBack extends OnPayment {
	constructor(index: number) {
		super('send back', index)
	}
	override candidates(model: Readonly<Model>): readonly Payment[] {
		return model.payments.filter(({ card, refunds }) => card === 'refundComesBack' && refunds.length > 0)
	}
	async act(payment: Payment, model: Model, { stage }: Real): Promise<void> {
		const { house } = stage
		await fetch(`${house.sandbox.url}/sandbox/advance`, { method: 'POST', body: '{"seconds":700}' })
		for (const refund of payment.refunds.filter(({ isBack }) => !isBack)) {
			const { provider_ref: ref } = await house.services.db
				.selectFrom('refunds')
				.select('provider_ref')
				.where('id', '=', refund.id)
				.executeTakeFirstOrThrow()
			const id = `evt_${randomUUID()}`
			const object = { object: 'refund', id: ref, metadata: { refund_id: refund.id } }
			const body = JSON.stringify({ id, object: 'event', type: 'refund.failed', data: { object } })
			expect((await deliver(house, { id, body })).status).toBe(200)
		}
		model.sendBack(payment)
	}
}

/** Nobody touched the payment for longer than it waits, and the janitor comes by. */
class Lapse extends OnPayment {
	constructor(index: number) {
		super('lapse', index)
	}
	async act(payment: Payment, model: Model, { stage }: Real): Promise<void> {
		const { services } = stage.house
		await services.db
			.updateTable('payments')
			.set({ next_check_at: new Date(Date.now() - 1_000) })
			.where('id', '=', payment.id)
			.where('next_check_at', 'is not', null)
			.execute()
		await expirePayments(services, 'model')
		model.lapse(payment)
	}
}

/** The last request again, under its key, to the other instance: the same bytes, and nothing happens. */
class Repeat implements Command {
	check = (model: Readonly<Model>): boolean => model.last !== null
	async run(model: Model, real: Real): Promise<void> {
		const { path, body, key, status, text } = model.last as NonNullable<Model['last']>
		const again = await real.stage.post(path, body, { 'idempotency-key': key })
		expect(again).toMatchObject({ status, text })
		expect(again.headers.get('idempotent-replayed')).toBe('true')
		await compare(real, model, [])
	}
	toString = () => 'repeat the last request'
}

class LoseAnswer implements Command {
	readonly fault: string
	constructor(fault: string) {
		this.fault = fault
	}
	check = (model: Readonly<Model>): boolean => model.lost < MOST_LOST
	async run(model: Model, { stage }: Real): Promise<void> {
		model.lost += 1
		await stage.lose(this.fault)
	}
	toString = () => `lose the next answer (${this.fault})`
}

class RestartWorker implements Command {
	check = () => true
	async run(model: Model, real: Real): Promise<void> {
		await real.stage.restartWorker()
		await compare(real, model, [])
	}
	toString = () => 'restart the worker'
}

const FAULTS = [
	'reset',
	'malformed',
	'truncated',
	'error_500_not_kept',
	'error_500_kept',
	'error_429',
	'conflict_409',
]

const index = fc.nat({ max: 30 })
const share: fc.Arbitrary<Share> = fc.oneof(
	fc.constant(null),
	fc.integer({ min: 1, max: 999 }),
	fc.constantFrom(1_000, 1_500),
)
const draft: fc.Arbitrary<Draft> = fc.record({
	currency: fc.constantFrom('jpy', 'eur', 'kwd'),
	card: fc.oneof(
		{ weight: 2, arbitrary: fc.constant('good' as const) },
		{ weight: 6, arbitrary: fc.constantFrom(...(Object.keys(CARDS) as Card[])) },
	),
	manual: fc.boolean(),
	large: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean()),
	confirm: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.boolean()),
	size: fc.integer({ min: 0, max: 999 }),
})

/** Twice in the list is twice as likely. */
export const commands: fc.Arbitrary<Command>[] = [
	draft.map((given) => new Create(given)),
	draft.map((given) => new Create(given)),
	draft.map((given) => new Create(given)),
	fc
		.tuple(fc.constantFrom<Operation>('confirm', 'cancel', 'approve', 'reject'), index)
		.map((given) => new Operate(...given)),
	fc.tuple(index, share).map((given) => new Capture(...given)),
	fc.tuple(index, share).map((given) => new Refund(...given)),
	fc.tuple(index, share).map((given) => new Refund(...given)),
	fc
		.tuple(index, fc.constantFrom('complete' as const, 'fail' as const))
		.map((given) => new AnswerChallenge(...given)),
	fc.tuple(index, fc.constantFrom(...TYPES)).map((given) => new Tell(...given)),
	index.map((given) => new SendBack(given)),
	index.map((given) => new Lapse(given)),
	fc.constantFrom(...FAULTS).map((given) => new LoseAnswer(given)),
	fc.constant(new Repeat()),
	fc.constant(new RestartWorker()),
]
