import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AuditChange, AuditLine } from '#app/contracts/audit.ts'
import { CopyId } from '../kit/copy-id.tsx'
import { Time } from '../kit/time.tsx'

/** One line of the record; it opens to show what was before and what is after. */
export function AuditEntry({ line }: { line: AuditLine }) {
	return (
		<li className="border-b border-line last:border-b-0">
			<details className="group" data-audit-row={line.row}>
				<summary className="grid cursor-pointer list-none grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-2 gap-y-0.5 px-4 py-2.5 hover:bg-sunken/60 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent sm:grid-cols-[1rem_minmax(0,1.2fr)_minmax(0,1fr)_7rem] [&::-webkit-details-marker]:hidden">
					<ChevronRight
						aria-hidden="true"
						className="size-3.5 self-center text-muted transition-transform group-open:rotate-90"
					/>
					<span className="min-w-0 font-medium text-ink sm:truncate">{line.title}</span>
					<span className="min-w-0 truncate text-sm text-muted max-sm:order-last max-sm:col-start-2">
						{line.who}
					</span>
					<Time at={line.at} className="text-right text-sm text-muted" />
				</summary>
				<AuditDetails line={line} />
			</details>
		</li>
	)
}

function AuditDetails({ line }: { line: AuditLine }) {
	const { subject, changes, facts, reason, requestId, network } = line
	return (
		<div className="grid gap-4 border-t border-line bg-sunken/40 px-4 py-3 text-sm sm:pl-10">
			{changes.length > 0 && <Changes changes={changes} />}
			<dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
				{reason && <Fact name="Reason">{reason}</Fact>}
				<Fact name="About">
					{subject.link ? (
						<Link to={subject.link} className="rounded-sm font-mono text-xs break-all text-accent underline">
							{subject.id}
						</Link>
					) : (
						<span className="font-mono text-xs break-all">{subject.id}</span>
					)}
				</Fact>
				{facts.map(({ name, value }) => (
					<Fact key={name} name={name}>
						<span className="break-words">{value}</span>
					</Fact>
				))}
				<Fact name="At">
					<Time at={line.at} mode="absolute" />
				</Fact>
				{requestId && (
					<Fact name="Request">
						<CopyId value={requestId} what="request id" />
					</Fact>
				)}
				{network && <Fact name="From network">{network}</Fact>}
				<Fact name="Line">
					<span className="tabular-nums">{line.row}</span>
				</Fact>
				<Fact name="Fingerprint">
					<CopyId value={line.hash} what="fingerprint" short />
				</Fact>
			</dl>
		</div>
	)
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="grid gap-0.5 sm:contents">
			<dt className="text-muted">{name}</dt>
			<dd className="min-w-0 text-ink">{children}</dd>
		</div>
	)
}

function Changes({ changes }: { changes: AuditChange[] }) {
	return (
		<table className="w-full table-fixed border-collapse text-left">
			<caption className="sr-only">What changed</caption>
			<thead>
				<tr className="text-muted">
					<th scope="col" className="w-1/4 py-1 pr-3 font-normal">
						What changed
					</th>
					<th scope="col" className="py-1 pr-3 font-normal">
						Before
					</th>
					<th scope="col" className="py-1 font-normal">
						After
					</th>
				</tr>
			</thead>
			<tbody>
				{changes.map(({ name, before, after }) => (
					<tr key={name} className="border-t border-line align-top">
						<th scope="row" className="py-1.5 pr-3 font-normal text-muted">
							{name}
						</th>
						<td className="py-1.5 pr-3 break-words text-ink">{before ?? 'Nothing'}</td>
						<td className="py-1.5 break-words text-ink">{after ?? 'Nothing'}</td>
					</tr>
				))}
			</tbody>
		</table>
	)
}
