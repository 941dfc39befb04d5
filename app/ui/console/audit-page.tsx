import { Form, useNavigation } from '@remix-run/react'
import { Download, ScrollText, SearchX, ShieldAlert, ShieldCheck } from 'lucide-react'
import type { AuditFilters, AuditListView } from '#app/contracts/audit.ts'
import { Banner } from '../kit/banner.tsx'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { cn } from '../kit/class-names.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Pager } from '../kit/pager.tsx'
import { Time } from '../kit/time.tsx'
import { AuditEntry } from './audit-entry.tsx'
import { AuditFilterBar } from './audit-filter-bar.tsx'
import { auditLink, narrowing } from './audit-filters.ts'

export function AuditPage({ view }: { view: AuditListView }) {
	const { lines, hasMore, filters, people, check, mayExport } = view
	const pending = useNavigation().location?.pathname === '/console/audit'
	return (
		<>
			<PageHeader
				title="Audit record"
				below="Who changed money, access or settings, and when. Lines can be added, never changed."
				actions={mayExport && <DownloadForm filters={filters} />}
			/>
			<CheckLine check={check} />
			<AuditFilterBar filters={filters} people={people} pending={pending} />
			<Card aria-busy={pending} className={cn('transition-opacity', pending && 'opacity-60')}>
				{lines.length > 0 ? (
					<ol aria-label="Audit record">
						{lines.map((line) => (
							<AuditEntry key={line.row} line={line} />
						))}
					</ol>
				) : (
					<NothingFound filtered={Object.keys(narrowing(filters)).length > 0} />
				)}
				<Pager
					ids={lines.map(({ row }) => row)}
					hasMore={hasMore}
					place={filters}
					linkTo={(place) => auditLink({ ...narrowing(filters), ...place })}
				/>
			</Card>
		</>
	)
}

/** A form and not a link: a download is written into the record. Remix would try to read the file itself. */
function DownloadForm({ filters }: { filters: AuditFilters }) {
	return (
		<Form method="post" action="/console/audit/download" reloadDocument>
			<input type="hidden" name="intent" value="download" />
			{Object.entries(narrowing(filters)).map(([name, value]) => (
				<input key={name} type="hidden" name={name} value={value} />
			))}
			<Button type="submit">
				<Download aria-hidden="true" />
				Download as CSV
			</Button>
		</Form>
	)
}

function CheckLine({ check }: Pick<AuditListView, 'check'>) {
	if (check === null) {
		return (
			<Banner className="mb-4" icon={ShieldCheck}>
				The record has not been checked yet. This happens every hour.
			</Banner>
		)
	}
	if (check.problem !== null) {
		return (
			<Banner className="mb-4" tone="bad" icon={ShieldAlert} role="alert">
				<p className="font-semibold">The record was tampered with</p>
				<p>
					{check.problem} Everything up to line {check.holdsUpTo} is as it was written. Checked{' '}
					<Time at={check.at} />.
				</p>
			</Banner>
		)
	}
	return (
		<Banner className="mb-4" tone="good" icon={ShieldCheck}>
			Verified up to line {check.holdsUpTo}, <Time at={check.at} />: nothing was changed, moved or taken out.
		</Banner>
	)
}

function NothingFound({ filtered }: { filtered: boolean }) {
	return filtered ? (
		<EmptyState
			icon={SearchX}
			title="No line matches"
			action={<ButtonLink to="/console/audit">Clear the filters</ButtonLink>}
		>
			Take a filter away, or check the id.
		</EmptyState>
	) : (
		<EmptyState icon={ScrollText} title="Nothing was changed yet">
			The first change of money, access or settings appears here with who made it.
		</EmptyState>
	)
}
