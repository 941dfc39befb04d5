import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { BulkQuote } from '#app/contracts/console.ts'
import { REFUND_REASONS } from '#app/contracts/payments.ts'
import { useStepUp } from '../factors/use-step-up.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Select } from '../kit/select.tsx'
import { Spinner } from '../kit/spinner.tsx'
import type { BulkAnswer } from './bulk-form.ts'
import { BulkResults, BulkTotals } from './bulk-refund-parts.tsx'
import { plural } from './format-measure.ts'
import { REASON_WORDS } from './refund-dialog.tsx'

const PATH = '/console/refunds/bulk'

type BulkRefundDialogProps = {
	/** Ids of the chosen payments. */
	chosen: readonly string[]
	onClose: () => void
	/** Closed after an answer: the choice is used up. */
	onDone: () => void
}

/** Mounted while open. The key comes with the first quote and stays, so sending again finds what was made. */
export function BulkRefundDialog({ chosen, onClose, onDone }: BulkRefundDialogProps) {
	const [ids] = useState(chosen)
	const quoting = useFetcher<BulkQuote>()
	const sending = useFetcher<BulkAnswer>()
	useStepUp(sending)
	const [quote, setQuote] = useState<BulkQuote | null>(null)
	const { load } = quoting
	useEffect(() => {
		load(`${PATH}?${new URLSearchParams(ids.map((id) => ['payment', id]))}`)
	}, [load, ids])
	useEffect(() => {
		if (quoting.data) setQuote((first) => first ?? quoting.data ?? null)
	}, [quoting.data])
	const pending = sending.state !== 'idle'
	const answer = pending ? undefined : sending.data
	const outcomes = answer?.ok ? answer.outcomes : null
	const close = outcomes ? onDone : onClose
	return (
		<Dialog
			open
			onOpenChange={(open) => (open ? undefined : close())}
			locked={pending}
			title={outcomes ? 'What became of each' : `Refund ${plural(ids.length, 'payment')}`}
			description={
				outcomes
					? 'Each row was its own refund. Results of the gateway appear here by themselves.'
					: 'Everything that is left of each payment is returned. What was returned cannot be taken back.'
			}
			className="sm:max-w-lg"
		>
			{!quote && (
				<p role="status" className="flex items-center gap-2 text-muted">
					<Spinner /> Adding up…
				</p>
			)}
			{quote && outcomes && (
				<>
					<BulkResults quote={quote} outcomes={outcomes} />
					<DialogActions>
						<Button tone="primary" onClick={onDone}>
							Done
						</Button>
					</DialogActions>
				</>
			)}
			{quote && !outcomes && (
				<sending.Form method="post" action={PATH} className="grid gap-4">
					<input type="hidden" name="key" value={quote.key} />
					{ids.map((id) => (
						<input key={id} type="hidden" name="payment" value={id} />
					))}
					<BulkTotals quote={quote} />
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
					{answer && !answer.ok && <FieldError>{answer.message}</FieldError>}
					<DialogActions>
						<Button disabled={pending} onClick={onClose}>
							Keep the money
						</Button>
						<Button type="submit" tone="primary" pending={pending}>
							Refund {plural(ids.length, 'payment')}
						</Button>
					</DialogActions>
				</sending.Form>
			)}
		</Dialog>
	)
}
