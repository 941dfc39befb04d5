import { Form, Link } from '@remix-run/react'
import { Download, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { PayerView, PrivacyRequestView } from '#app/contracts/privacy.ts'
import type { Holdings } from '#app/domain/privacy/request.ts'
import { Banner } from '../kit/banner.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Time } from '../kit/time.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { PrivacyRequests } from './privacy-requests.tsx'

const KINDS: Record<keyof Holdings, string> = {
	payments: 'Payments',
	addresses: 'E-mail addresses on them',
	connections: 'IP addresses on them',
	evidence: 'Texts written to a bank about them',
	refunds: 'Refunds',
	disputes: 'Disputes',
	events: 'Events of these payments',
	views: 'Colleagues who looked today',
}

export function PayerPage({ payer, requests }: { payer: PayerView; requests: PrivacyRequestView[] }) {
	const [isErasing, setErasing] = useState(false)
	return (
		<>
			<PageHeader
				above={
					<Link to="/console/privacy" className="text-sm text-muted underline">
						Privacy
					</Link>
				}
				title={
					<span className="[overflow-wrap:anywhere]">{payer.email ?? 'A payer without an address'}</span>
				}
				below={<span className="font-mono text-xs [overflow-wrap:anywhere]">{payer.id}</span>}
				actions={
					<>
						<Form method="post" action={`/console/privacy/${payer.id}/export`} reloadDocument>
							<input type="hidden" name="intent" value="export" />
							<Button type="submit">
								<Download aria-hidden="true" />
								Export as JSON
							</Button>
						</Form>
						{payer.erased === null && (
							<Button tone="danger" onClick={() => setErasing(true)}>
								Erase
							</Button>
						)}
					</>
				}
			/>
			<Standing payer={payer} />
			<div className="grid items-start gap-4 xl:grid-cols-2">
				<Panel flush title="What is held">
					<dl>
						{Object.entries(KINDS).map(([kind, words]) => (
							<div
								key={kind}
								className="flex justify-between gap-4 border-b border-line px-4 py-2.5 last:border-b-0"
							>
								<dt className="text-muted">{words}</dt>
								<dd className="text-ink tabular-nums">{payer.held[kind as keyof Holdings]}</dd>
							</div>
						))}
					</dl>
				</Panel>
				<Panel flush title="Requests">
					<PrivacyRequests requests={requests} />
				</Panel>
			</div>
			<EraseDialog payer={payer} open={isErasing} onOpenChange={setErasing} />
		</>
	)
}

function Standing({ payer }: { payer: PayerView }) {
	if (payer.erased !== null) {
		return (
			<Banner className="mb-4" tone="good" icon={ShieldCheck}>
				Erased <Time at={payer.erased * 1_000} />. The amounts stay in the books; nothing says whose they
				were.
			</Banner>
		)
	}
	if (payer.holds.length === 0) return null
	return (
		<Banner className="mb-4" tone="warn" icon={TriangleAlert}>
			<p className="font-semibold">These data cannot be erased yet</p>
			<ul>
				{payer.holds.map((hold) => (
					<li key={hold.subject} className="[overflow-wrap:anywhere]">
						{hold.message}
					</li>
				))}
			</ul>
		</Banner>
	)
}
