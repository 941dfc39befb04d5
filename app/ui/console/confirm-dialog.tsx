import { useState } from 'react'
import type { Payment } from '#app/contracts/payments.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { formatMoney, toDecimalText } from '../kit/money.tsx'
import { AmountField, checkAmount } from './amount-field.tsx'
import type { Intent } from './payment-command.ts'
import { useCommand } from './use-command.ts'

type Words = {
	title: string
	text: (amount: string) => string
	button: string
	back: string
	tone: 'primary' | 'danger'
}

const WORDS: Record<Exclude<Intent, 'refund'>, Words> = {
	capture: {
		title: 'Collect the money',
		text: (amount) =>
			`The bank holds ${amount} on the card. What you do not collect is released to the customer.`,
		button: 'Capture',
		back: 'Not now',
		tone: 'primary',
	},
	cancel: {
		title: 'Cancel this payment',
		text: (amount) =>
			`${amount} will not be collected, and a hold on the card is released. This cannot be taken back.`,
		button: 'Cancel the payment',
		back: 'Keep it',
		tone: 'danger',
	},
	approve: {
		title: 'Approve this payment',
		text: (amount) => `You accept the risk: ${amount} is collected from the card now.`,
		button: 'Approve and collect',
		back: 'Not now',
		tone: 'primary',
	},
	reject: {
		title: 'Reject this payment',
		text: (amount) =>
			`${amount} will not be collected, a hold on the card is released, and the payment ends as failed. This cannot be taken back.`,
		button: 'Reject the payment',
		back: 'Keep it in review',
		tone: 'danger',
	},
}

type ConfirmDialogProps = {
	intent: Exclude<Intent, 'refund'>
	payment: Payment
	open: boolean
	onOpenChange: (open: boolean) => void
}

export function ConfirmDialog({ intent, payment, open, onOpenChange }: ConfirmDialogProps) {
	const words = WORDS[intent]
	const { amount, currency } = payment
	const [text, setText] = useState(() => toDecimalText(amount, currency))
	const [tried, setTried] = useState(false)
	const { Form, pending, refusal } = useCommand(() => onOpenChange(false))
	const checked = checkAmount(text, currency, amount)
	const asksAmount = intent === 'capture'
	const wrong = asksAmount && tried && !checked.ok ? checked.message : null
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title={words.title}
			description={words.text(formatMoney(amount, currency))}
		>
			<Form
				method="post"
				noValidate={asksAmount}
				className="grid gap-4"
				onSubmit={(event) => {
					setTried(true)
					if (asksAmount && !checked.ok) event.preventDefault()
				}}
			>
				<input type="hidden" name="intent" value={intent} />
				{asksAmount && (
					<>
						<input type="hidden" name="currency" value={currency} />
						<AmountField
							label="Amount to collect"
							currency={currency}
							most={amount}
							mostText="Held on the card:"
							value={text}
							onChange={setText}
							error={wrong ?? (refusal?.field === 'amount' ? refusal.message : null)}
						/>
					</>
				)}
				{intent === 'reject' && (
					<Field label="Why" hint="Kept in the audit record.">
						{(control) => <Input {...control} name="reason" required maxLength={500} />}
					</Field>
				)}
				{refusal && (refusal.field === null || !asksAmount) && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						{words.back}
					</Button>
					<Button type="submit" tone={words.tone} pending={pending}>
						{asksAmount && checked.ok ? `Capture ${formatMoney(checked.minor, currency)}` : words.button}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
