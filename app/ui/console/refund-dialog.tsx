import { useState } from 'react'
import { REFUND_REASONS, type Payment } from '#app/contracts/payments.ts'
import type { RefundTerms } from '#app/contracts/console.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { formatMoney, toDecimalText } from '../kit/money.tsx'
import { methodName } from '../kit/payment-method.tsx'
import { Select } from '../kit/select.tsx'

import { AmountField, checkAmount } from './amount-field.tsx'
import { needsApproval, RefundNotes } from './refund-notes.tsx'
import { useCommand } from './use-command.ts'

export const REASON_WORDS: Record<(typeof REFUND_REASONS)[number], string> = {
	requested_by_customer: 'The customer asked for it',
	duplicate: 'Paid twice',
	fraudulent: 'Fraud',
	other: 'Something else',
}

type RefundDialogProps = {
	payment: Payment
	terms: RefundTerms
	open: boolean
	onOpenChange: (open: boolean) => void
}

export function RefundDialog({ payment, terms, open, onOpenChange }: RefundDialogProps) {
	const { currency, amount_refundable: refundable } = payment
	const [part, setPart] = useState('')
	const [isFull, setFull] = useState(true)
	const [tried, setTried] = useState(false)
	const { Form, pending, refusal } = useCommand(() => {
		setPart('')
		setFull(true)
		setTried(false)
		onOpenChange(false)
	})
	const text = isFull ? toDecimalText(refundable, currency) : part
	const checked = checkAmount(text, currency, refundable)
	const refundText = checked.ok ? formatMoney(checked.minor, currency) : null
	const needsColleague = checked.ok && needsApproval(terms, checked.minor)
	const wrong = tried && !checked.ok ? checked.message : null
	const card = methodName(payment.payment_method) ?? 'what paid'
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title="Refund this payment"
			description={`${formatMoney(refundable, currency)} of ${formatMoney(payment.amount_captured, currency)} can still be returned.`}
		>
			<Form
				method="post"
				noValidate
				className="grid gap-4"
				onSubmit={(event) => {
					setTried(true)
					if (!checked.ok) event.preventDefault()
				}}
			>
				<input type="hidden" name="intent" value="refund" />
				<input type="hidden" name="currency" value={currency} />
				<fieldset className="grid grid-cols-2 gap-2">
					<legend className="sr-only">How much</legend>
					<Choice checked={isFull} onChoose={() => setFull(true)} label="Everything">
						{formatMoney(refundable, currency)}
					</Choice>
					<Choice checked={!isFull} onChoose={() => setFull(false)} label="A part of it">
						You say how much
					</Choice>
				</fieldset>
				{isFull ? (
					<input type="hidden" name="amount" value={text} />
				) : (
					<AmountField
						label="Amount to refund"
						currency={currency}
						most={refundable}
						mostText="At most"
						value={part}
						onChange={setPart}
						error={wrong ?? (refusal?.field === 'amount' ? refusal.message : null)}
					/>
				)}
				<Field label="Reason">
					{(control) => (
						<Select {...control} name="reason" defaultValue="requested_by_customer">
							{REFUND_REASONS.map((reason) => (
								<option key={reason} value={reason}>
									{REASON_WORDS[reason]}
								</option>
							))}
						</Select>
					)}
				</Field>
				<p className="rounded-md bg-sunken px-3 py-2.5 text-sm text-muted">
					{refundText ? <strong className="font-medium text-ink">{refundText}</strong> : 'The amount'} is set
					aside now and goes back to {card}. The customer’s bank decides when it shows. A refund cannot be
					taken back.
				</p>
				{checked.ok && (
					<RefundNotes
						terms={terms}
						amount={checked.minor}
						captured={BigInt(payment.amount_captured)}
						currency={currency}
					/>
				)}
				{refusal && (refusal.field === null || isFull) && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Keep the money
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						{needsColleague ? 'Ask to refund' : 'Refund'} {refundText ?? ''}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}

type ChoiceProps = { checked: boolean; onChoose: () => void; label: string; children: string }

function Choice({ checked, onChoose, label, children }: ChoiceProps) {
	return (
		<label className="grid cursor-pointer gap-0.5 rounded-md border border-line-strong px-3 py-2 hover:border-faint has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
			<input type="radio" name="share" checked={checked} onChange={onChoose} className="sr-only" />
			<span className="font-medium text-ink">{label}</span>
			<span className="text-sm text-muted tabular-nums">{children}</span>
		</label>
	)
}
