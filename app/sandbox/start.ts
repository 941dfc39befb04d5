import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openBooks, restore } from './books/books.ts'
import { Journal } from './books/journal.ts'
import type { WebhookEndpoint } from './books/service-shapes.ts'
import { Clock } from './clock.ts'
import { control } from './control/control.ts'
import { Faults } from './faults/faults.ts'
import { google } from './google/google.ts'
import { Google } from './google/provider.ts'
import { answer, json } from './http/message.ts'
import { DEFAULTS, type SandboxOptions } from './options.ts'
import { pages } from './pages/pages.ts'
import { paypalAppointments } from './paypal/appointments.ts'
import { Certificates } from './paypal/certificates/certificates.ts'
import { paypal } from './paypal/paypal.ts'
import { paypalPost } from './paypal/post.ts'
import type { Desk, Sandbox } from './sandbox.ts'
import { Schedule } from './schedule.ts'
import { stripeApi } from './stripe/api.ts'
import { appointments } from './stripe/appointments.ts'
import { stripePost } from './stripe/post.ts'
import { DeliveryLog } from './webhooks/delivery-log.ts'
import { Outbox } from './webhooks/outbox.ts'

const LATER = { ...appointments, ...paypalAppointments }

export async function startSandbox(given: Partial<SandboxOptions> = {}) {
	const options = { ...DEFAULTS, ...given }
	const folder = options.folder === 'memory' ? undefined : options.folder
	const journal = new Journal(folder && join(folder, 'books.jsonl'))
	const books = openBooks(journal.record)
	await journal.open((entry) => restore(books, entry))

	let url = ''
	const publicUrl = () => options.publicUrl ?? url
	const clock = new Clock(options.clockFactor)
	const faults = new Faults()
	const schedule = new Schedule(books.appointments, clock)
	const certificates = new Certificates(folder)
	if (options.paypalWebhookUrl !== undefined) void certificates.signer()
	const deliveries = new DeliveryLog()
	const parts = { clock, dispatches: books.dispatches, faults, log: deliveries }
	const outbox = new Outbox(stripePost(books, fixedEndpoint(options)), parts)
	const paypalOutbox = new Outbox(paypalPost(books, options, certificates, publicUrl), parts)
	const sandbox: Sandbox = {
		books,
		certificates,
		clock,
		deliveries,
		faults,
		google: new Google(),
		options,
		outbox,
		paypalOutbox,
		publicUrl,
		schedule,
	}
	const desk: Desk = { ...sandbox, origin: { id: null, idempotency_key: null } }

	const server = createServer({ keepAliveTimeout: 75_000 }, listener(desk))
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject)
		server.listen(options.port, options.host, resolve)
	})
	url = `http://${options.host}:${(server.address() as AddressInfo).port}`
	schedule.start((action, target) => LATER[action]?.(desk, target))
	outbox.resume()
	paypalOutbox.resume()

	async function close(): Promise<void> {
		schedule.stop()
		outbox.stop()
		paypalOutbox.stop()
		const closed = new Promise((resolve) => server.close(resolve))
		server.closeAllConnections()
		await closed
		await journal.close()
	}
	return { url, books, close }
}

function listener(desk: Desk) {
	const stripe = stripeApi(desk)
	const payPal = paypal(desk)
	return (request: IncomingMessage, response: ServerResponse): void => {
		const path = request.url ?? '/'
		const handled = path.startsWith('/v1/')
			? stripe(request, response, path)
			: path.startsWith('/paypal/')
				? payPal(request, response, readUrl(path))
				: path.startsWith('/google/')
					? google(desk, request, response, readUrl(path))
					: beside(desk, request, response, readUrl(path))
		handled.catch((error: unknown) => {
			if (response.destroyed) return
			console.error(error)
			if (response.headersSent) response.destroy()
			else answer(response, json({ error: { type: 'api_error', message: 'The sandbox failed' } }, 500))
		})
	}
}

const readUrl = (path: string): URL =>
	URL.canParse(path, 'http://sandbox') ? new URL(path, 'http://sandbox') : new URL('http://sandbox')

async function beside(
	desk: Desk,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
): Promise<void> {
	const handle = url.pathname.startsWith('/sandbox/') ? control : pages
	answer(response, await handle(desk, request, url))
}

/** The endpoint of SANDBOX_WEBHOOK_URL: there from the start and not part of the books. */
function fixedEndpoint(options: SandboxOptions): WebhookEndpoint | undefined {
	if (options.webhookUrl === undefined) return undefined
	return {
		id: 'we_sandbox',
		object: 'webhook_endpoint',
		created: 0,
		enabled_events: options.webhookEvents,
		livemode: false,
		secret: options.webhookSecret,
		status: 'enabled',
		url: options.webhookUrl,
	}
}
