import type { ReceiptView } from '../../contracts/checkout.ts'
import { SessionMessage } from './session-message.tsx'

type ReceiptNotPaidProps = { receipt: ReceiptView; sessionId: string }

/** There is no receipt before the money is taken; says where the payment stands and leads back to it. */
export function ReceiptNotPaid({ receipt, sessionId }: ReceiptNotPaidProps) {
	return (
		<SessionMessage
			merchantName={receipt.merchantName}
			title="Not paid yet"
			to={`/checkout/${sessionId}`}
			linkText="Back to the payment"
		>
			{WHERE_IT_STANDS[receipt.status] ??
				'You have not been charged. The receipt appears here once the payment is done.'}
		</SessionMessage>
	)
}

const WHERE_IT_STANDS: Partial<Record<ReceiptView['status'], string>> = {
	screening: 'The payment is on its way. The receipt appears here once it is done.',
	processing: 'The payment is on its way. The receipt appears here once it is done.',
	requires_action: 'Your bank wants to confirm it’s you. You have not been charged.',
	in_review: 'Your payment is held while the shop checks the order. You have not been charged yet.',
	requires_capture: 'Your payment is held while the shop checks the order. You have not been charged yet.',
	failed: 'This payment was refused. No money was taken.',
	canceled: 'This payment was canceled. No money was taken.',
}
