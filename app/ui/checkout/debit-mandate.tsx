import type { MethodType } from '../../domain/methods/method-terms.ts'

type DebitMandateProps = { type: MethodType; merchantName: string; price: string }

/** What the payer agrees to by pressing the button right below it. */
export function DebitMandate({ type, merchantName, price }: DebitMandateProps) {
	if (type === 'sepa_debit') {
		return (
			<Mandate>
				By pressing “Authorize debit” you authorize {merchantName} and Stripe, its payment service provider,
				to send instructions to your bank to debit your account once with {price}, and your bank to debit it
				accordingly. You are entitled to a refund from your bank under the terms of your agreement with it.
				You must claim it within 8 weeks of the day on which your account was debited. You agree to be told of
				the debit up to 2 days before it happens.
			</Mandate>
		)
	}
	return (
		<Mandate>
			By pressing “Authorize debit” you authorize {merchantName} to debit the bank account above once with{' '}
			{price} and, if necessary, to credit it to correct an error. You can revoke this by telling{' '}
			{merchantName} before the debit is sent to your bank, which is normally the same day. You have 60 days
			from your statement to report a debit you did not authorize to your bank.
		</Mandate>
	)
}

function Mandate({ children }: { children: React.ReactNode }) {
	return (
		<section aria-label="Debit authorization" className="mt-1 text-sm leading-relaxed text-muted">
			{children}
		</section>
	)
}
