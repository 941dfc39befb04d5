import { Link } from '@remix-run/react'
import { FileClock } from 'lucide-react'
import type { PrivacyRequestView } from '#app/contracts/privacy.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { Time } from '../kit/time.tsx'

const WORDS: Record<`${PrivacyRequestView['kind']} ${PrivacyRequestView['status']}`, string> = {
	'export done': 'Handed out',
	'export held': 'Handed out',
	'erasure done': 'Erased',
	'erasure held': 'Not erased yet',
}

const askedBy = (requestedBy: string): string =>
	requestedBy.startsWith('console:') ? 'by a person of the team' : 'through the API'

export function PrivacyRequests({ requests }: { requests: readonly PrivacyRequestView[] }) {
	if (requests.length === 0) {
		return (
			<EmptyState icon={FileClock} title="No payer has asked yet">
				Every export and every erasure is listed here, also those that have to wait.
			</EmptyState>
		)
	}
	return (
		<ol aria-label="Requests">
			{requests.map((request) => (
				<li key={request.id} className="grid gap-1 border-b border-line px-4 py-3 last:border-b-0">
					<div className="flex flex-wrap items-baseline justify-between gap-x-4">
						<span className="font-medium text-ink">{WORDS[`${request.kind} ${request.status}`]}</span>
						<span className="text-sm text-muted">
							{askedBy(request.requested_by)}, <Time at={request.created * 1_000} />
						</span>
					</div>
					<Link
						to={`/console/privacy/${request.payer}`}
						className="min-w-0 font-mono text-xs [overflow-wrap:anywhere] text-muted underline"
					>
						{request.payer}
					</Link>
					{request.reason && <p className="text-sm [overflow-wrap:anywhere] text-muted">{request.reason}</p>}
					{request.holds.map((hold) => (
						<p key={hold.subject} className="text-sm [overflow-wrap:anywhere] text-warn">
							{hold.message}
						</p>
					))}
				</li>
			))}
		</ol>
	)
}
