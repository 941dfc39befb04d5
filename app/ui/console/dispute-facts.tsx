import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { DisputeDetail } from '#app/contracts/dispute-views.ts'
import { Panel } from '../kit/card.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { Money } from '../kit/money.tsx'
import { Time } from '../kit/time.tsx'
import { reasonWords } from './dispute-words.ts'
import { paymentTitle } from './payment-title.ts'

const STAGES = {
	inquiry: 'Inquiry: the bank only asks',
	dispute: 'Dispute',
	pre_arbitration: 'Second round',
} as const

const FUNDS = {
	none: 'Not taken',
	held: 'Taken, held until the end',
	returned: 'Back with you',
	lost: 'With the customer',
} as const

export function DisputeFacts({ dispute, payment }: Pick<DisputeDetail, 'dispute' | 'payment'>) {
	const { due_by: due, submitted_at: submitted } = dispute.evidence_details
	return (
		<Panel title="Details">
			<dl className="grid gap-2.5 text-sm">
				<Fact name="Payment">
					<Link
						to={`/console/payments/${payment.id}`}
						className="rounded-sm font-medium text-accent hover:underline"
					>
						{paymentTitle(payment)}
					</Link>
				</Fact>
				<Fact name="Dispute id">
					<CopyId value={dispute.id} what="dispute id" short />
				</Fact>
				<Fact name="Stage">{STAGES[dispute.stage]}</Fact>
				<Fact name="Reason">{reasonWords(dispute.reason)}</Fact>
				<Fact name="Code of the network">{dispute.network_reason_code}</Fact>
				<Fact name="Amount">
					<Money amount={dispute.amount} currency={dispute.currency} />
				</Fact>
				<Fact name="Fee so far">
					<Money amount={dispute.fee} currency={dispute.currency} />
				</Fact>
				<Fact name="The money">{FUNDS[dispute.funds]}</Fact>
				<Fact name="Refund">{dispute.is_charge_refundable ? 'Still possible' : 'Not possible'}</Fact>
				<Fact name="Opened">
					<Time at={dispute.opened * 1000} mode="absolute" />
				</Fact>
				<Fact name="Answer due">{due && <Time at={due * 1000} mode="absolute" />}</Fact>
				<Fact name="Answered">{submitted && <Time at={submitted * 1000} mode="absolute" />}</Fact>
				<Fact name="Ended">{dispute.closed && <Time at={dispute.closed * 1000} mode="absolute" />}</Fact>
			</dl>
		</Panel>
	)
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="flex items-baseline justify-between gap-4">
			<dt className="shrink-0 text-muted">{name}</dt>
			<dd className="min-w-0 text-right text-ink">{children ?? <span className="text-faint">–</span>}</dd>
		</div>
	)
}
