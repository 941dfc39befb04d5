import type { PaymentIntent } from '../books/payment-shapes.ts'
import type { Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { challenged, finishChallenge } from '../stripe/authentication.ts'
import { documentPage } from './document-page.ts'
import { escape } from './escape.ts'

function price({ amount, currency }: PaymentIntent): string {
	const format = new Intl.NumberFormat('en', { style: 'currency', currency })
	return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

export function showChallenge(desk: Desk, id: string, secret: string | null): Reply {
	const intent = challenged(desk, id, secret)
	if (!intent) return documentPage('Not found', '<h1>This payment is not known here</h1>', 404)
	if (intent.status !== 'requires_action') return finished(intent, null)
	const method = desk.books.methods.get(intent.payment_method ?? '')
	const card = method?.type === 'card' ? method.card : undefined
	return documentPage(
		'Confirm your payment',
		`<h1>Confirm your payment</h1>
<dl>
<dt>Amount</dt><dd>${escape(price(intent))}</dd>
<dt>Card</dt><dd><span class="brand">${escape(card?.brand ?? '')}</span> ending in ${escape(card?.last4 ?? '')}</dd>
</dl>
<p>This page stands in for the bank of the card. Nothing is charged.</p>
<form method="post">
<button name="outcome" value="complete" class="primary">Complete</button>
<button name="outcome" value="fail">Fail</button>
</form>`,
	)
}

export function takeDecision(desk: Desk, id: string, secret: string | null, outcome: string | null): Reply {
	const intent = challenged(desk, id, secret)
	if (!intent || (outcome !== 'complete' && outcome !== 'fail')) {
		return documentPage('Not found', '<h1>This payment is not known here</h1>', 404)
	}
	const action = intent.next_action
	const returnUrl = action?.type === 'redirect_to_url' ? action.redirect_to_url.return_url : null
	return finished(finishChallenge(desk, intent, outcome), returnUrl)
}

/** The script tells a framing page, or takes a customer who came by redirect back to the shop. */
function finished(intent: PaymentIntent, returnUrl: string | null): Reply {
	const succeeded = intent.status !== 'requires_payment_method' && intent.status !== 'canceled'
	const outcome = succeeded ? 'succeeded' : 'failed'
	return documentPage(
		succeeded ? 'Payment confirmed' : 'Payment not confirmed',
		`<h1>${succeeded ? 'Payment confirmed' : 'Payment not confirmed'}</h1>
<p role="status" data-outcome="${outcome}" data-intent="${escape(intent.id)}" data-return="${escape(back(intent, returnUrl, outcome))}">You can go back to the shop now.</p>`,
	)
}

function back(intent: PaymentIntent, returnUrl: string | null, outcome: string): string {
	if (returnUrl === null || !URL.canParse(returnUrl)) return ''
	const url = new URL(returnUrl)
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return ''
	url.searchParams.set('payment_intent', intent.id)
	url.searchParams.set('payment_intent_client_secret', intent.client_secret)
	url.searchParams.set('redirect_status', outcome)
	return url.href
}
