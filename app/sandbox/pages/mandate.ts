import type { Mandate } from '../books/method-shapes.ts'
import type { Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { documentPage } from './document-page.ts'
import { escape } from './escape.ts'

const GOOD_FOR: Record<Mandate['type'], string> = {
	single_use: 'One payment',
	multi_use: 'This and later payments',
}

const line = (name: string, value: string) => `<dt>${name}</dt><dd>${escape(value)}</dd>`

/** What a SEPA payer agreed to, at the address its mandate names. */
export function showMandate({ books }: Desk, id: string): Reply {
	const mandate = books.mandates.get(id)
	const method = books.methods.get(mandate?.payment_method ?? '')
	if (!mandate || mandate.payment_method_details.type !== 'sepa_debit' || method?.type !== 'sepa_debit') {
		return documentPage('Not found', '<h1>This mandate is not known here</h1>', 404)
	}
	const { customer_acceptance, payment_method_details, status, type } = mandate
	const { country, last4 } = method.sepa_debit
	return documentPage(
		'Debit mandate',
		`<h1>Debit mandate</h1>
<dl>
${line('Reference', payment_method_details.sepa_debit.reference)}
${line('Account holder', method.billing_details.name ?? '')}
${line('Account', `${country} •••• ${last4}`)}
${line('Agreed on', new Date(customer_acceptance.accepted_at * 1000).toISOString().slice(0, 10))}
${line('Good for', GOOD_FOR[type])}
</dl>
<p>The mandate ${status === 'active' ? 'is in force' : 'has ended'}. The sandbox stands in for the bank: nothing is debited.</p>`,
	)
}
