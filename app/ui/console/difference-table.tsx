import { Link } from '@remix-run/react'
import { useState } from 'react'
import type { Difference } from '#app/contracts/reconciliation.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { FieldError } from '../kit/field.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { CLASS_WORDS, KIND_WORDS, moneyText, OUTCOME_WORDS } from './difference-words.ts'
import { useMay } from './permissions.tsx'
import { SettleDifferenceDialog } from './settle-difference-dialog.tsx'
import type { ReconciliationRefusal } from './reconciliation-command.ts'
import { useCommand } from './use-command.ts'

type Side = Difference['ours']

const plain = (status: string): string => status.replaceAll('_', ' ')

function SideText({ side }: { side: Side }) {
	if (!side) return <span className="text-faint">nothing</span>
	return (
		<span className="grid">
			{side.amount !== null && side.currency !== null && (
				<span className="whitespace-nowrap tabular-nums">{moneyText(side.amount, side.currency)}</span>
			)}
			{side.status && <span className="text-sm text-muted">{plain(side.status)}</span>}
		</span>
	)
}

const LINK = 'rounded-sm text-sm font-medium text-accent hover:underline pointer-coarse:py-1.5'

/** The rows on both sides: our payment or refund, and the gateway's name of it. */
function Rows({ difference }: { difference: Difference }) {
	const { payment, subject, gateway_ref: ref } = difference
	return (
		<span className="flex flex-wrap items-center gap-x-3 gap-y-1">
			{payment && (
				<Link to={`/console/payments/${payment}`} prefetch="intent" className={LINK}>
					{subject?.startsWith('re_') ? 'Payment of this refund' : 'Payment'}
				</Link>
			)}
			{subject && subject !== payment && <CopyId value={subject} what="our id" short />}
			{ref && <CopyId value={ref} what="gateway id" short />}
		</span>
	)
}

function Actions({ difference }: { difference: Difference }) {
	const [open, setOpen] = useState(false)
	const { Form, pending, refusal } = useCommand<ReconciliationRefusal>()
	const maySettle = useMay()(CONSOLE_PAGES['/console/reconciliation'].act.settle)
	if (!maySettle) return null
	return (
		<div className="grid gap-1.5">
			<div className="flex flex-wrap gap-2 lg:justify-end">
				<Form method="post">
					<input type="hidden" name="intent" value="check" />
					<input type="hidden" name="difference" value={difference.id} />
					<Button type="submit" size="sm" tone="quiet" pending={pending}>
						Check again
					</Button>
				</Form>
				<Button size="sm" onClick={() => setOpen(true)}>
					Mark as settled
				</Button>
			</div>
			{refusal && <FieldError>{refusal.message}</FieldError>}
			<SettleDifferenceDialog difference={difference} open={open} onOpenChange={setOpen} />
		</div>
	)
}

function Closed({ difference }: { difference: Difference }) {
	if (!difference.outcome || difference.closed === null) return null
	return (
		<div className="grid gap-0.5 text-sm text-muted lg:justify-items-end lg:text-right">
			<span className="text-ink">{OUTCOME_WORDS[difference.outcome]}</span>
			<Time at={difference.closed * 1000} />
		</div>
	)
}

const CELL = 'align-top py-3 max-lg:h-auto max-lg:p-0!'
const LABEL = 'mb-0.5 block text-xs text-muted lg:hidden'

function DifferenceRow({ difference }: { difference: Difference }) {
	const { label, meaning, tone } = CLASS_WORDS[difference.class]
	return (
		<Tr
			data-difference={difference.id}
			data-class={difference.class}
			className="max-lg:grid max-lg:grid-cols-3 max-lg:gap-3 max-lg:px-4 max-lg:py-3.5"
		>
			<Td className={`${CELL} max-lg:col-span-3`}>
				<div className="grid gap-1.5">
					<span className="flex flex-wrap items-center gap-2">
						<Badge tone={difference.closed === null ? tone : 'neutral'} title={meaning}>
							{label}
						</Badge>
						<span className="text-sm text-muted">
							{KIND_WORDS[difference.kind]}, found <Time at={difference.opened * 1000} />
						</span>
					</span>
					<p className="max-w-prose text-ink">{difference.detail}</p>
					<Rows difference={difference} />
					{difference.note && (
						<p className="max-w-prose rounded-md bg-sunken px-2.5 py-1.5 text-sm text-muted">
							{difference.note}
						</p>
					)}
				</div>
			</Td>
			<Td className={CELL}>
				<span className={LABEL}>Our books</span>
				<SideText side={difference.ours} />
			</Td>
			<Td className={CELL}>
				<span className={LABEL}>Gateway</span>
				<SideText side={difference.theirs} />
			</Td>
			<Td className={`${CELL} font-medium tabular-nums lg:text-right`}>
				<span className={`${LABEL} font-normal`}>Gap</span>
				{moneyText(difference.gap, difference.currency)}
			</Td>
			<Td className={`${CELL} max-lg:col-span-3`}>
				{difference.closed === null ? (
					<Actions difference={difference} />
				) : (
					<Closed difference={difference} />
				)}
			</Td>
		</Tr>
	)
}

export function DifferenceTable({ differences }: { differences: Difference[] }) {
	return (
		<Table aria-label="Differences">
			<thead className="max-lg:sr-only">
				<tr>
					<Th>Difference</Th>
					<Th className="w-32">Our books</Th>
					<Th className="w-32">Gateway</Th>
					<Th className="w-28 text-right">Gap</Th>
					<Th className="w-40">
						<span className="sr-only">What to do</span>
					</Th>
				</tr>
			</thead>
			<tbody>
				{differences.map((difference) => (
					<DifferenceRow key={difference.id} difference={difference} />
				))}
			</tbody>
		</Table>
	)
}
