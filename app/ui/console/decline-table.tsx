import { Search, SearchX } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { DeclineRow } from '#app/contracts/routing.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Input } from '../kit/input.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { DeclineForm } from './decline-form.tsx'
import { formatCount } from './format-measure.ts'
import { ADVICE_WORDS, CLASS_WORDS } from './routing-words.ts'

const MOST_SHOWN = 25

const textOf = (row: DeclineRow): string =>
	`${row.gatewayTitle} ${row.code} ${row.standard} ${CLASS_WORDS[row.class]} ${row.words} ${row.changed ? 'changed' : ''}`.toLowerCase()

function Row({ row, mayEdit }: { row: DeclineRow; mayEdit: boolean }) {
	const [isOpen, setOpen] = useState(false)
	return (
		<>
			<Tr data-decline={`${row.gateway}:${row.code}`} className={isOpen ? 'border-b-0' : undefined}>
				<Td className="align-top">
					<span className="grid gap-0.5">
						<span className="font-mono text-sm break-all text-ink">{row.code}</span>
						<span className="text-sm text-muted">{row.gatewayTitle}</span>
					</span>
				</Td>
				<Td className="align-top">
					<span className="grid justify-items-start gap-1">
						<span className="font-mono text-sm">{row.standard}</span>
						<Badge tone={row.class === 'fraud' ? 'bad' : row.class === 'technical' ? 'warn' : 'neutral'}>
							{CLASS_WORDS[row.class]}
						</Badge>
					</span>
				</Td>
				<Td className="min-w-64 align-top">
					<p>{row.words}</p>
					{row.changed && (
						<p className="text-sm text-muted">
							Changed by {row.changed.by}, <Time at={row.changed.at} />
						</p>
					)}
				</Td>
				<Td className="align-top whitespace-nowrap">{ADVICE_WORDS[row.advice]}</Td>
				<Td className="align-top whitespace-nowrap">
					{row.isLocked ? 'Never' : row.mayFallBack ? 'Next gateway' : 'No'}
				</Td>
				<Td className="text-right align-top">
					{mayEdit && (
						<Button
							size="sm"
							tone="quiet"
							aria-expanded={isOpen}
							aria-label={`Edit ${row.code} of ${row.gatewayTitle}`}
							onClick={() => setOpen((open) => !open)}
						>
							Edit
						</Button>
					)}
				</Td>
			</Tr>
			{isOpen && (
				<Tr>
					<Td colSpan={6}>
						<DeclineForm row={row} onDone={() => setOpen(false)} />
					</Td>
				</Tr>
			)}
		</>
	)
}

/** The error map: what each code of each gateway means, what the shopper reads, and what may follow. */
export function DeclineTable({ rows, mayEdit }: { rows: DeclineRow[]; mayEdit: boolean }) {
	const [search, setSearch] = useState('')
	const [isAll, setAll] = useState(false)
	const words = useDeferredValue(search).toLowerCase().split(/\s+/).filter(Boolean)
	const key = words.join(' ')
	const found = useMemo(() => {
		const asked = key.split(' ')
		return rows.filter((row) => asked.every((word) => textOf(row).includes(word)))
	}, [rows, key])
	const shown = isAll ? found : found.slice(0, MOST_SHOWN)
	return (
		<Panel
			flush
			title="After a decline"
			note="What each gateway’s code means, what the shopper reads, and whether the next gateway is asked"
		>
			<div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
				<div className="w-full sm:w-76">
					<Input
						type="search"
						value={search}
						onChange={(event) => setSearch(event.target.value)}
						placeholder="Code, reason or words"
						aria-label="Search the codes"
						before={<Search aria-hidden="true" />}
					/>
				</div>
				<p aria-live="polite" className="text-sm text-muted">
					{formatCount(found.length)} of {formatCount(rows.length)} codes
				</p>
			</div>
			{found.length === 0 ? (
				<EmptyState icon={SearchX} title="No code is like that" className="py-8">
					A code that is not listed ends the try, in the gateway’s own words.
				</EmptyState>
			) : (
				<Table aria-label="Decline codes">
					<thead>
						<tr>
							<Th>Code</Th>
							<Th>Means</Th>
							<Th>The shopper reads</Th>
							<Th>They can</Th>
							<Th>Falls back</Th>
							<Th>
								<span className="sr-only">Edit</span>
							</Th>
						</tr>
					</thead>
					<tbody>
						{shown.map((row) => (
							<Row key={`${row.gateway}:${row.code}`} row={row} mayEdit={mayEdit} />
						))}
					</tbody>
				</Table>
			)}
			{shown.length < found.length && (
				<div className="grid justify-items-center border-t border-line p-3">
					<Button size="sm" onClick={() => setAll(true)}>
						Show all {formatCount(found.length)}
					</Button>
				</div>
			)}
		</Panel>
	)
}
