import { useId, useState } from 'react'
import type { DisputeDetail } from '#app/contracts/dispute-views.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { FieldError } from '../kit/field.tsx'
import { EvidenceFields } from './evidence-fields.tsx'
import { useMay } from './permissions.tsx'
import { useCommand } from './use-command.ts'

/** The answer to the bank: filled in from the purchase, changed by people, sent once. */
export function EvidencePanel({ dispute, evidence, suggested }: DisputeDetail) {
	const id = useId()
	const [asking, setAsking] = useState(false)
	const { Form, pending, refusal } = useCommand(() => setAsking(false))
	const isOpen = dispute.status === 'needs_response' && dispute.evidence_details.submitted_at === null
	const isAllowed = useMay()(CONSOLE_PAGES['/console/disputes/:disputeId'].act.submit)
	const mayAnswer = isAllowed && isOpen && dispute.pending_operation === null
	const hasDraft = Object.keys(evidence).length > 0
	if (!isOpen && !hasDraft) return null
	return (
		<Panel
			title={isOpen ? 'Your answer to the bank' : 'What the bank was sent'}
			note={
				mayAnswer
					? hasDraft
						? 'Your draft. Nothing has been sent yet.'
						: 'Filled in from this payment. Check it, change it, then submit it once.'
					: undefined
			}
		>
			<Form method="post" id={id} className="grid gap-5">
				<EvidenceFields
					key={mayAnswer ? 'draft' : 'sent'}
					reason={dispute.reason}
					values={hasDraft ? evidence : suggested}
					disabled={!mayAnswer}
				/>
				{mayAnswer && (
					<div className="grid gap-3">
						{refusal && !asking && <FieldError>{refusal.message}</FieldError>}
						<div className="flex flex-wrap gap-2">
							<Button type="submit" name="intent" value="save" pending={pending && !asking}>
								Save draft
							</Button>
							<Button tone="primary" disabled={pending} onClick={() => setAsking(true)}>
								Submit to the bank…
							</Button>
						</div>
					</div>
				)}
			</Form>
			<Dialog
				open={asking}
				onOpenChange={setAsking}
				locked={pending}
				title="Submit this evidence?"
				description="The bank gets exactly what stands in the form now. This can be done once: nothing can be added or changed afterwards. The money stays held until the bank decides."
			>
				{refusal && asking && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => setAsking(false)}>
						Look at it again
					</Button>
					<Button type="submit" form={id} name="intent" value="submit" tone="primary" pending={pending}>
						Submit once and for all
					</Button>
				</DialogActions>
			</Dialog>
		</Panel>
	)
}
