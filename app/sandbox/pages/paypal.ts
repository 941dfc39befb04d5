import type { PayerCourse, PayPalOrder } from '../books/paypal-shapes.ts'
import { html, type Reply } from '../http/message.ts'
import { approve, awaitsApproval, failAuthentication, wayBack } from '../paypal/approving.ts'
import { money } from '../paypal/money.ts'
import type { Desk } from '../sandbox.ts'
import { escape } from './escape.ts'

/** A browser also holds the redirect after a form to `form-action`, so the shop's pages must be on the list. */
function policyFor(order: PayPalOrder | undefined): string {
	const back = [order?.source?.returnUrl, order?.source?.cancelUrl].filter((url) => url != null)
	const origins = new Set(back.map((url) => new URL(url).origin))
	return `default-src 'none'; script-src 'self'; style-src 'self'; form-action ${["'self'", ...origins].join(' ')}; base-uri 'none'; frame-ancestors 'none'`
}

const page = (title: string, body: string, order?: PayPalOrder, status = 200): Reply =>
	html(
		`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/assets/three-d-secure.css">
<link rel="stylesheet" href="/assets/paypal.css">
</head>
<body>
<main>
${body}
</main>
<script src="/assets/paypal.js"></script>
</body>
</html>`,
		policyFor(order),
		status,
	)

const COURSES: Record<PayerCourse, string> = {
	succeeds: 'Succeeds',
	declined: 'Is declined when the shop collects',
	pending: 'Goes by bank and arrives later',
	pending_fails: 'Goes by bank and never arrives',
	inquiry: 'Brings a question from the buyer',
	dispute: 'Is disputed as not the buyer’s',
}

const isCourse = (name: string | null): name is PayerCourse => name !== null && Object.hasOwn(COURSES, name)

/** `/paypal/checkoutnow` is PayPal's own page, `/paypal/helios` the one of a card's bank. */
export function paypalPage(
	desk: Desk,
	method: string | undefined,
	name: string,
	url: URL,
	body: string,
): Reply {
	const order = desk.books.paypalOrders.get(url.searchParams.get('token') ?? '')
	const card = order?.source?.kind === 'card'
	if (!order || name !== (card ? 'helios' : 'checkoutnow')) return unknown()
	if (method === 'POST') return decide(desk, order, new URLSearchParams(body))
	if (!awaitsApproval(order)) return finished(order, true)
	return card ? bankPage(order) : walletPage(order)
}

const unknown = (): Reply => page('Not found', '<h1>This payment is not known here</h1>', undefined, 404)

function decide(desk: Desk, order: PayPalOrder, form: URLSearchParams): Reply {
	const course = form.get('course') ?? 'succeeds'
	const outcome = form.get('outcome')
	if ((outcome !== 'pay' && outcome !== 'cancel') || !isCourse(course)) return unknown()
	if (outcome === 'pay') return finished(approve(desk, order, course), true)
	return finished(order.source?.kind === 'card' ? failAuthentication(desk, order) : order, false)
}

/** Back to the shop; without a page to go to, the script tells the shop's window and closes this one. */
function finished(order: PayPalOrder, approved: boolean): Reply {
	const back = wayBack(order, approved)
	if (back !== null) return { status: 303, body: '', headers: { Location: back } }
	const title = approved ? 'Payment approved' : 'Payment cancelled'
	return page(
		title,
		`<h1>${title}</h1>
<p role="status" data-outcome="${approved ? 'approved' : 'cancelled'}" data-order="${escape(order.id)}">You can close this window and go back to the shop.</p>`,
		order,
	)
}

function price({ amount }: PayPalOrder): string {
	const { currency_code: currency, value } = money(amount)
	const digits = value.split('.')[1]?.length ?? 0
	return new Intl.NumberFormat('en', { style: 'currency', currency, minimumFractionDigits: digits }).format(
		value as `${number}`,
	)
}

const details = (order: PayPalOrder, shop: string): string =>
	`<dl>
<dt>Shop</dt><dd>${escape(shop)}</dd>
<dt>Amount</dt><dd>${escape(price(order))}</dd>
${order.description === null ? '' : `<dt>For</dt><dd>${escape(order.description)}</dd>`}
</dl>`

function walletPage(order: PayPalOrder): Reply {
	const brand = order.source?.kind === 'paypal' ? order.source.brandName : null
	const choices = Object.entries(COURSES).map(
		([name, says]) =>
			`<label><input type="radio" name="course" value="${name}"${name === 'succeeds' ? ' checked' : ''}> ${says}</label>`,
	)
	return page(
		'PayPal sandbox',
		`<p class="bank">PayPal sandbox</p>
<h1>Pay with a test account</h1>
${details(order, brand ?? 'Sandbox shop')}
<p>This page stands in for PayPal. No real money moves and no account is asked for.</p>
<form method="post" class="wallet">
<fieldset>
<legend>What the payment does</legend>
${choices.join('\n')}
</fieldset>
<button name="outcome" value="pay" class="primary">Pay</button>
<button name="outcome" value="cancel">Cancel</button>
</form>`,
		order,
	)
}

const bankPage = (order: PayPalOrder): Reply =>
	page(
		'Confirm your payment',
		`<p class="bank">Sandbox Bank, for a card paid through PayPal</p>
<h1>Confirm your payment</h1>
${details(order, 'Sandbox shop')}
<p>This page stands in for the bank of the card. Nothing is charged.</p>
<form method="post">
<button name="outcome" value="pay" class="primary">Complete</button>
<button name="outcome" value="cancel">Fail</button>
</form>`,
		order,
	)
