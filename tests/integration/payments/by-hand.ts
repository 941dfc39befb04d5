import { openRequest } from '#app/commands/payments/open-request.server.ts'
import type { AnyJob } from '#jobs/catalog/define.ts'
import { handlers } from '#jobs/handlers/index.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { ChargeRequest } from '#app/domain/payments/ports.ts'
import { listAttempts } from '#db/queries/attempts.ts'
import { findPaymentForJob } from '#db/queries/payments.ts'
import type { House } from '#tests/support/house.ts'

const FIELDS = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }

/** Takes a payment through the API and leaves its job in the queue. */
export async function takePayment(house: House, fields: object = {}): Promise<string> {
	const { status, body, text } = await house.call('POST', '/api/v1/payments', { ...FIELDS, ...fields })
	if (status !== 201) throw new Error(`the payment was not taken: ${status} ${text}`)
	return String(body['id'])
}

/** Runs every job of a queue, those of the future included, as the worker would; returns how many there were, throws what one threw. */
export async function runNow({ services }: House, job: AnyJob): Promise<number> {
	const handler = handlers.find((candidate) => candidate.job === job)
	if (!handler) throw new Error(`nothing handles ${job.name}`)
	const jobs = await services.boss.fetch<object>(job.name, { batchSize: 1_000, ignoreStartAfter: true })
	await Promise.all(
		jobs.map(async (fetched) => {
			try {
				const settled = await handler.run(services, fetched.data, { queue: job.name, job: fetched })
				if (settled === 'done') await services.boss.complete(job.name, fetched)
			} catch (error) {
				await services.boss.fail(job.name, fetched, { message: String(error) })
				throw error
			}
		}),
	)
	return jobs.length
}

/** A payment that went through its first job: charged, or in whatever state the gateway left it. */
export async function chargedPayment(house: House, fields: object = {}): Promise<string> {
	const id = await takePayment(house, fields)
	await runNow(house, processPayment)
	return id
}

/** Screens a payment as the worker would and returns the charge it would make next. */
export async function screened({ services }: House, paymentId: string): Promise<ChargeRequest> {
	const payment = await findPaymentForJob(services.db, paymentId)
	const method = await services.gateways.of('stripe').payments.describeMethod(payment?.payment_method ?? '')
	const { charge } = await services.screenLane.push({ paymentId, method, jobId: 'test' })
	if (!charge) throw new Error(`${paymentId} may not be charged`)
	return openRequest(services, charge.request)
}

export async function paymentOf({ services }: House, id: string) {
	const payment = await findPaymentForJob(services.db, id)
	if (!payment) throw new Error(`there is no payment ${id}`)
	return payment
}

export async function onlyAttempt({ services }: House, paymentId: string) {
	const [attempt, ...more] = await listAttempts(services.db, paymentId)
	if (!attempt || more.length > 0) throw new Error(`${paymentId} has not exactly one attempt`)
	return attempt
}

/** Charges in the gateway's own books that are about this payment. */
export async function chargesOf(house: House, paymentId: string) {
	const { charges } = await house.sandbox.books()
	return charges.filter((charge) => charge.metadata['payment_id'] === paymentId)
}

/** Balances of all ledger accounts, by kind. */
export async function balancesOf({ services }: House, currency = 'eur'): Promise<Record<string, bigint>> {
	const rows = await services.db
		.selectFrom('ledger_accounts')
		.select(['kind', 'balance_minor'])
		.where('currency', '=', currency)
		.execute()
	return Object.fromEntries(rows.map((row) => [row.kind, row.balance_minor]))
}

export async function attentionOn({ services }: House, subjectId: string): Promise<string[]> {
	const rows = await services.db
		.selectFrom('attention_items')
		.select('kind')
		.where('subject_id', '=', subjectId)
		.where('closed_at', 'is', null)
		.orderBy('kind')
		.execute()
	return rows.map((row) => row.kind)
}
