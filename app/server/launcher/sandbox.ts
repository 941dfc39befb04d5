import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startChild, type Child } from './child.ts'
import { KEPT } from './places.ts'
import { portFrom, preferablyPort } from './ports.ts'

type Options = { appUrl: string; webhookSecret: string }

/** What the app applies; the gateway's other messages would only be read and put aside. */
const EVENTS = [
	'payment_intent.succeeded',
	'payment_intent.payment_failed',
	'payment_intent.requires_action',
	'payment_intent.amount_capturable_updated',
	'payment_intent.processing',
	'payment_intent.canceled',
	'refund.created',
	'refund.updated',
	'refund.failed',
	'charge.dispute.created',
	'charge.dispute.updated',
	'charge.dispute.funds_withdrawn',
	'charge.dispute.funds_reinstated',
	'charge.dispute.closed',
]

/** The sandbox gateway in a process of its own: it is reached over HTTP only, like the gateway it stands in for. */
export async function startSandbox({ appUrl, webhookSecret }: Options): Promise<Child & { url: string }> {
	const port = await preferablyPort(portFrom('SANDBOX_PORT', 4010))
	const child = startChild(
		{
			name: 'sandbox gateway',
			file: 'app/sandbox/main.ts',
			env: {
				SANDBOX_PORT: String(port),
				SANDBOX_DATA: process.env['SANDBOX_DATA'] || join(KEPT, 'sandbox'),
				SANDBOX_WEBHOOK_URL: `${appUrl}/api/webhooks/stripe`,
				SANDBOX_PAYPAL_WEBHOOK_URL: `${appUrl}/api/webhooks/paypal`,
				SANDBOX_WEBHOOK_SECRET: webhookSecret,
				SANDBOX_WEBHOOK_EVENTS: EVENTS.join(','),
				ALLOW_SANDBOX: '1',
			},
		},
		'read',
	)
	try {
		return { ...child, url: await Promise.race([listeningUrl(child), child.died]) }
	} catch (error) {
		await child.stop()
		throw error
	}
}

async function listeningUrl({ process: { stdout } }: Child): Promise<string> {
	if (!stdout) throw new Error('the sandbox gateway has no output to read')
	for await (const line of createInterface({ input: stdout })) {
		const url = announcedUrl(line)
		if (!url) continue
		stdout.resume() // or the pipe fills up and the sandbox waits for a reader
		return url
	}
	throw new Error('The sandbox gateway ended without saying where it listens.')
}

function announcedUrl(line: string): string | undefined {
	try {
		const said = JSON.parse(line) as { sandbox?: string; url?: string }
		return said.sandbox === 'listening' ? said.url : undefined
	} catch {
		return undefined
	}
}
