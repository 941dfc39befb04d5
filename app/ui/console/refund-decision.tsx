import { useState } from 'react'
import type { RefundView } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { FieldError } from '../kit/field.tsx'
import { formatMoney } from '../kit/money.tsx'
import { useMay } from './permissions.tsx'
import type { RefundIntent } from './refund-command.ts'
import { useCommand } from './use-command.ts'

type Words = {
	label: string
	title: string
	text: (amount: string, by: string) => string
	button: string
	back: string
	look: 'primary' | 'danger'
}

const WORDS: Record<RefundIntent, Words> = {
	approve: {
		label: 'Approve',
		title: 'Approve this refund',
		text: (amount, by) =>
			`${by} asked to return ${amount}. Once you approve, it goes to the gateway and cannot be taken back.`,
		button: 'Approve and refund',
		back: 'Not now',
		look: 'primary',
	},
	reject: {
		label: 'Reject',
		title: 'Reject this refund',
		text: (amount, by) =>
			`${by} asked to return ${amount}. Nothing is returned, and the amount is free again at once.`,
		button: 'Reject the refund',
		back: 'Not now',
		look: 'danger',
	},
	withdraw: {
		label: 'Withdraw',
		title: 'Withdraw this refund',
		text: (amount) => `${amount} is not returned to the customer and stays with you.`,
		button: 'Withdraw the refund',
		back: 'Keep it',
		look: 'danger',
	},
}

const ASKED = CONSOLE_PAGES['/console/refunds'].act
const ORDER = ['reject', 'withdraw', 'approve'] as const

/** What this person may do about a refund that waits; each asks once more and says what it does to the money. */
export function RefundDecision({ refund }: { refund: RefundView }) {
	const [open, setOpen] = useState<RefundIntent | null>(null)
	const may = useMay()
	const offered = ORDER.filter((intent) => refund.can[intent] && may(ASKED[intent]))
	if (offered.length === 0 && open === null) return null
	return (
		<div className="flex flex-wrap gap-2">
			{/* Lets the router learn this path before the first submit. */}
			<form hidden data-discover="true" action="/console/refunds" />
			{offered.map((intent) => (
				<Button
					key={intent}
					size="sm"
					tone={intent === 'approve' ? 'primary' : 'secondary'}
					onClick={() => setOpen(intent)}
				>
					{WORDS[intent].label}
				</Button>
			))}
			{ORDER.map((intent) => (
				<DecisionDialog
					key={intent}
					intent={intent}
					refund={refund}
					open={open === intent}
					onOpenChange={(next) => setOpen(next ? intent : null)}
				/>
			))}
		</div>
	)
}

type DecisionDialogProps = {
	intent: RefundIntent
	refund: RefundView
	open: boolean
	onOpenChange: (open: boolean) => void
}

function DecisionDialog({ intent, refund, open, onOpenChange }: DecisionDialogProps) {
	const words = WORDS[intent]
	const { Form, pending, refusal } = useCommand(() => onOpenChange(false))
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title={words.title}
			description={words.text(formatMoney(refund.amount, refund.currency), refund.requestedBy)}
		>
			<Form method="post" action="/console/refunds" className="grid gap-4">
				<input type="hidden" name="intent" value={intent} />
				<input type="hidden" name="refund" value={refund.id} />
				{refusal && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						{words.back}
					</Button>
					<Button type="submit" tone={words.look} pending={pending}>
						{words.button}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
