import { Link } from '@remix-run/react'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import type { DisputeDetail } from '#app/contracts/dispute-views.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Banner } from '../kit/banner.tsx'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { Money } from '../kit/money.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Time } from '../kit/time.tsx'
import { AcceptDialog } from './accept-dialog.tsx'
import { DisputeBadge } from './dispute-badge.tsx'
import { DisputeFacts } from './dispute-facts.tsx'
import { moneyStory, reasonWords } from './dispute-words.ts'
import { DueCountdown, isCounting } from './due-countdown.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import { LedgerPanel } from './ledger-panel.tsx'
import { Timeline } from './timeline.tsx'
import { useMay } from './permissions.tsx'

export function DisputePage({ detail }: { detail: DisputeDetail }) {
	const { dispute, payment, timeline, postings } = detail
	const story = moneyStory(dispute)
	return (
		<>
			<PageHeader
				above={
					<Link
						to="/console/disputes"
						className="inline-flex items-center gap-1 rounded-sm text-sm text-muted hover:text-ink"
					>
						<ArrowLeft aria-hidden="true" className="size-3.5" />
						Disputes
					</Link>
				}
				title={
					<span className="flex flex-wrap items-center gap-x-3 gap-y-1">
						<Money amount={dispute.amount} currency={dispute.currency} withCode />
						<DisputeBadge dispute={dispute} />
					</span>
				}
				below={reasonWords(dispute.reason)}
				actions={<DisputeActions detail={detail} />}
			/>
			<Banner tone={story.tone} role="status" className="mb-4">
				<p className="font-semibold">{story.title}</p>
				<p className="text-ink/80">{story.text}</p>
				<DueLine detail={detail} />
			</Banner>
			<div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
				<div className="grid min-w-0 gap-4">
					<EvidencePanel {...detail} />
					<Panel title="What happened">
						<Timeline entries={timeline} />
					</Panel>
					<LedgerPanel postings={postings} />
				</div>
				<div className="grid min-w-0 gap-4">
					<DisputeFacts dispute={dispute} payment={payment} />
				</div>
			</div>
		</>
	)
}

function DueLine({ detail: { dispute, readAt } }: { detail: DisputeDetail }) {
	const due = dispute.evidence_details.due_by
	if (due === null || !isCounting(dispute)) return null
	return (
		<p className="mt-1 text-ink">
			<DueCountdown dispute={dispute} readAt={readAt} className="text-ink" />, until{' '}
			<Time at={due * 1000} mode="absolute" />
		</p>
	)
}

/** An inquiry is settled by a refund, a dispute by an answer or by giving up. */
function DisputeActions({ detail: { dispute, payment } }: { detail: DisputeDetail }) {
	const [open, setOpen] = useState(false)
	const isInquiry = dispute.stage === 'inquiry'
	const may = useMay()
	const mayAct = isCounting(dispute)
	const mayGiveUp = mayAct && may(CONSOLE_PAGES['/console/disputes/:disputeId'].act.accept)
	return (
		<>
			{/* Lets the router learn this path now, see PaymentActions. */}
			<form hidden data-discover="true" action={`/console/disputes/${dispute.id}`} />
			{mayAct && isInquiry && may(CONSOLE_PAGES['/console/payments/:paymentId'].act.refund) && (
				<ButtonLink to={`/console/payments/${payment.id}`}>Refund instead</ButtonLink>
			)}
			{mayGiveUp && !isInquiry && <Button onClick={() => setOpen(true)}>Give up…</Button>}
			{!isInquiry && <AcceptDialog dispute={dispute} open={open} onOpenChange={setOpen} />}
		</>
	)
}
