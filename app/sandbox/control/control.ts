import type { IncomingMessage } from 'node:http'
import type { Charge } from '../books/payment-shapes.ts'
import { PlanError } from '../faults/plan.ts'
import { spoilTokens } from '../google/provider.ts'
import { json, readBody, type Reply } from '../http/message.ts'
import { paypalBooks } from '../paypal/account.ts'
import type { Sandbox } from '../sandbox.ts'
import { payEverything } from '../stripe/payouts.ts'
import type { Outbox } from '../webhooks/outbox.ts'
import type { Addressee, Notice } from '../webhooks/post.ts'

const notFound = (): Reply => json({ error: { message: 'Nothing of that name in the sandbox' } }, 404)

type Control = (sandbox: Sandbox, url: URL, body: string) => Reply

const CONTROLS: Record<string, Control> = {
	'GET /sandbox/health': ({ books, outbox, paypalOutbox }) =>
		json({
			status: 'ok',
			payments: books.intents.size,
			webhooks_waiting: outbox.waiting + paypalOutbox.waiting,
		}),
	'GET /sandbox/books': (sandbox, url) =>
		json(reconcilable(sandbox, Number(url.searchParams.get('created[gte]') ?? 0))),
	'GET /sandbox/deliveries': ({ deliveries }, url) =>
		json({ deliveries: deliveries.list(url.searchParams.get('event')) }),
	'POST /sandbox/events/:id/replay': (sandbox, url) => replay(sandbox, url.pathname.split('/')[3] ?? ''),
	'GET /sandbox/faults': ({ faults }) => json(faults.report()),
	'POST /sandbox/faults': (sandbox, _url, body) => changeFaults(sandbox, body),
	'DELETE /sandbox/faults': (sandbox, url) =>
		clearFaults(sandbox, url.searchParams.get('counters') === 'reset'),
	'POST /sandbox/google': (sandbox, _url, body) => spoilTokens(sandbox, parse(body)),
	'POST /sandbox/payouts': payOut,
	'POST /sandbox/advance': (sandbox, _url, body) => advance(sandbox, body),
}

/** `/sandbox/…`: what a test or an operator may see and change, beside the API. Open to whoever can connect. */
export async function control(sandbox: Sandbox, request: IncomingMessage, url: URL): Promise<Reply> {
	const body = await readBody(request)
	const path = url.pathname.replace(/\/events\/[\w-]+\//, '/events/:id/')
	return CONTROLS[`${request.method} ${path}`]?.(sandbox, url, body) ?? notFound()
}

function clearFaults({ faults }: Sandbox, countersToo: boolean): Reply {
	faults.clear()
	if (countersToo) faults.resetCounters()
	return json(faults.report())
}

function changeFaults(sandbox: Sandbox, body: string): Reply {
	const plan = parse(body)
	if (plan === undefined) return json({ error: { message: 'The plan must be JSON' } }, 400)
	try {
		sandbox.faults.set(plan)
	} catch (error) {
		if (!(error instanceof PlanError)) throw error
		return json({ error: { message: error.message } }, 400)
	}
	return json(sandbox.faults.report())
}

function advance(sandbox: Sandbox, body: string): Reply {
	const { seconds, of } = (parse(body) ?? {}) as { seconds?: unknown; of?: unknown }
	if (typeof seconds !== 'number' || !(seconds >= 0)) {
		return json({ error: { message: 'seconds must be a number of at least 0' } }, 400)
	}
	if (typeof of === 'string') {
		sandbox.schedule.bringForward(of, seconds)
	} else {
		sandbox.clock.advance(seconds)
		sandbox.schedule.catchUp()
	}
	return json({ now: new Date(sandbox.clock.now()).toISOString() })
}

/** The daily payout, now. `{"pending": true}` also pays what has not settled yet, for those who cannot wait two days. */
function payOut(sandbox: Sandbox, _url: URL, body: string): Reply {
	const { pending } = (parse(body) ?? {}) as { pending?: unknown }
	const desk = { ...sandbox, origin: { id: null, idempotency_key: null } }
	return json({ payouts: payEverything(desk, pending === true) })
}

function replay({ books, outbox, paypalOutbox }: Sandbox, id: string): Reply {
	const event = books.events.get(id)
	if (event) return again(outbox, event)
	const paypalEvent = books.paypalEvents.get(id)
	return paypalEvent ? again(paypalOutbox, paypalEvent) : notFound()
}

function again<N extends Notice, A extends Addressee>(outbox: Outbox<N, A>, event: N): Reply {
	outbox.deliver(event)
	return json({ replayed: event.id, endpoints: outbox.audience(event.type).length }, 202)
}

/** The gateway's own account of what it did, for somebody else to compare with theirs. */
function reconcilable(sandbox: Sandbox, from: number): object {
	const { books } = sandbox
	const recent = (row: { created: number }) => row.created >= from
	return {
		charges: books.charges
			.all()
			.filter(recent)
			.map((charge) => line(books, charge)),
		refunds: books.refunds.all().filter(recent),
		disputes: books.disputes.all().filter(recent),
		payouts: books.payouts.all().filter(recent),
		paypal: paypalBooks(sandbox, from),
	}
}

function line({ transactions }: Sandbox['books'], charge: Charge): object {
	const moved = [charge.balance_transaction, charge.failure_balance_transaction].flatMap(
		(id) => transactions.get(id ?? '') ?? [],
	)
	return {
		id: charge.id,
		payment_intent: charge.payment_intent,
		method: charge.payment_method_details.type,
		status: charge.status,
		captured: charge.captured,
		amount: charge.amount,
		amount_captured: charge.amount_captured,
		amount_refunded: charge.amount_refunded,
		currency: charge.currency,
		fee: moved.reduce((sum, { fee }) => sum + fee, 0),
		net: moved.reduce((sum, { net }) => sum + net, 0),
		disputed: charge.disputed,
		metadata: charge.metadata,
		created: charge.created,
	}
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body)
	} catch {
		return undefined
	}
}
