import type { ChargeRequest } from '#app/domain/payments/ports.ts'
import { createPayPal } from '#app/gateways/paypal/paypal.server.ts'
import { startSandboxProcess } from '#tests/support/sandbox-process.ts'

/** The gateway itself against the sandbox that stands in for PayPal. Close it in afterAll. */
export async function openTwin(variables: Record<string, string> = {}) {
	const sandbox = await startSandboxProcess(variables)
	const gateway = createPayPal({
		state: 'sandbox',
		clientId: 'sandbox_paypal_client',
		clientSecret: 'sandbox_paypal_secret',
		webhookId: 'WH-SANDBOX',
		apiBase: `${sandbox.url}/paypal`,
		sandboxOrigin: sandbox.url,
		brandName: 'Tillhouse',
		timeoutMs: 1_000,
	})
	return { sandbox, gateway, close: () => sandbox.stop() }
}

export type Twin = Awaited<ReturnType<typeof openTwin>>

let count = 0

export function request(changes: Partial<ChargeRequest> = {}): ChargeRequest {
	const number = ++count
	return {
		attemptId: `att_${number}_${process.pid}`,
		paymentId: `pay_${number}_${process.pid}`,
		amountMinor: 5_000n,
		currency: 'eur',
		method: 'paypal',
		methodType: null,
		capture: 'automatic',
		description: 'A pair of shoes',
		receiptEmail: null,
		payerPresent: true,
		returnUrl: 'http://shop.test/thanks',
		cancelUrl: 'http://shop.test/basket',
		...changes,
	}
}

/** What the payer does on the page they were sent to. */
export async function answerPage(url: string | null, outcome: 'pay' | 'cancel', course = 'succeeds') {
	if (url === null) throw new Error('the payer was sent nowhere')
	const answer = await fetch(url, {
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams({ outcome, course }),
	})
	if (answer.status !== 303) throw new Error(`the page answered ${answer.status}: ${await answer.text()}`)
}
