import { useState } from 'react'
import type { PaymentDetail } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Button } from '../kit/button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import type { Intent } from './payment-command.ts'
import { useMay } from './permissions.tsx'
import { RefundDialog } from './refund-dialog.tsx'

const BUTTONS = [
	{ intent: 'reject', label: 'Reject', tone: 'secondary' },
	{ intent: 'cancel', label: 'Cancel', tone: 'secondary' },
	{ intent: 'refund', label: 'Refund', tone: 'secondary' },
	{ intent: 'approve', label: 'Approve', tone: 'primary' },
	{ intent: 'capture', label: 'Capture', tone: 'primary' },
] as const satisfies { intent: Intent; label: string; tone: string }[]

const ASKED = CONSOLE_PAGES['/console/payments/:paymentId'].act

type PaymentActionsProps = Pick<PaymentDetail, 'payment' | 'refundTerms' | 'can'>

/** Only what can be done now, by this person; each asks once more and says what it does to the money. */
export function PaymentActions({ payment, refundTerms, can }: PaymentActionsProps) {
	const [open, setOpen] = useState<Intent | null>(null)
	const may = useMay()
	return (
		<>
			{/* Lets the router learn this path now: asking for it at the first submit would cost a round trip, and fail
			    the whole page when the connection is gone. */}
			<form hidden data-discover="true" action={`/console/payments/${payment.id}`} />
			{BUTTONS.filter(({ intent }) => can[intent] && may(ASKED[intent])).map(({ intent, label, tone }) => (
				<Button key={intent} tone={tone} onClick={() => setOpen(intent)}>
					{label}
				</Button>
			))}
			{/* An open dialog stays when the action has become impossible meanwhile: the refusal is said inside it. */}
			{BUTTONS.map(({ intent }) => {
				const dialog = {
					payment,
					open: open === intent,
					onOpenChange: (next: boolean) => setOpen(next ? intent : null),
				}
				return intent === 'refund' ? (
					<RefundDialog key={intent} terms={refundTerms} {...dialog} />
				) : (
					<ConfirmDialog key={intent} intent={intent} {...dialog} />
				)
			})}
		</>
	)
}
