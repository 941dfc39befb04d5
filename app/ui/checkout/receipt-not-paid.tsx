import { useRevalidator } from '@remix-run/react'
import { useState } from 'react'
import type { ReceiptView } from '../../contracts/checkout.ts'
import { isBankDebit } from '../../domain/methods/method-kinds.ts'
import { LiveIndicator } from '../kit/live-indicator.tsx'
import { formatMoney } from '../kit/money.tsx'
import { methodName } from '../kit/payment-method.tsx'
import type { Link } from './checkout-state.ts'
import { SessionMessage } from './session-message.tsx'
import { useCheckoutStream } from './use-checkout-stream.ts'

type ReceiptNotPaidProps = { receipt: ReceiptView; sessionId: string }

/** There is no receipt before the money is taken; says where the payment stands, and becomes the receipt by itself. */
export function ReceiptNotPaid({ receipt, sessionId }: ReceiptNotPaidProps) {
	const { revalidate } = useRevalidator()
	const [link, setLink] = useState<Link>('connecting')
	useCheckoutStream(sessionId, receipt.cursor, true, {
		onPayment: revalidate,
		onLink: setLink,
		onResync: revalidate,
	})
	const { title, words } = whereItStands(receipt)
	return (
		<SessionMessage
			merchantName={receipt.merchantName}
			title={title}
			aside={<LiveIndicator status={link} />}
			to={`/checkout/${sessionId}`}
			linkText="Back to the payment"
		>
			{words}
		</SessionMessage>
	)
}

function whereItStands({ status, method, amount, currency, email }: ReceiptView) {
	if (status === 'processing' && method && isBankDebit(method.type)) {
		const promise = email ? ` The receipt goes to ${email}.` : ''
		return {
			title: `Your bank is paying ${formatMoney(amount, currency)}`,
			words: `${methodName(method)}. This takes 3–5 working days.${promise} This page becomes your receipt when the money has arrived.`,
		}
	}
	const unpaid = 'You have not been charged. The receipt appears here once the payment is done.'
	return { title: 'Not paid yet', words: WHERE_IT_STANDS[status] ?? unpaid }
}

const WHERE_IT_STANDS: Partial<Record<ReceiptView['status'], string>> = {
	screening: 'The payment is on its way. The receipt appears here once it is done.',
	processing: 'The payment is on its way. The receipt appears here once it is done.',
	requires_action: 'You still have to say yes to this payment. You have not been charged.',
	in_review: 'Your payment is held while the shop checks the order. You have not been charged yet.',
	requires_capture: 'Your payment is held while the shop checks the order. You have not been charged yet.',
	failed: 'This payment was refused. No money was taken.',
	canceled: 'This payment was canceled. No money was taken.',
}
