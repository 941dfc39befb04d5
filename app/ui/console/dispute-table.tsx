import { Link } from '@remix-run/react'
import type { Dispute } from '#app/contracts/disputes.ts'
import { Money } from '../kit/money.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { DisputeBadge } from './dispute-badge.tsx'
import { reasonWords } from './dispute-words.ts'
import { DueCountdown } from './due-countdown.tsx'

export function DisputeTable({ disputes, readAt }: { disputes: Dispute[]; readAt: number }) {
	return (
		<Table aria-label="Disputes" className="table-fixed">
			<thead className="max-sm:sr-only">
				<tr>
					<Th className="w-32 text-right">Amount</Th>
					<Th className="w-40">Status</Th>
					<Th>Reason</Th>
					<Th className="w-44">Time to answer</Th>
					<Th className="hidden w-30 text-right md:table-cell">Opened</Th>
				</tr>
			</thead>
			<tbody>
				{disputes.map((dispute) => (
					<DisputeRow key={dispute.id} dispute={dispute} readAt={readAt} />
				))}
			</tbody>
		</Table>
	)
}

function DisputeRow({ dispute, readAt }: { dispute: Dispute; readAt: number }) {
	return (
		<Tr
			data-dispute={dispute.id}
			data-status={dispute.status}
			className="relative hover:bg-sunken/60 has-[a:focus-visible]:bg-sunken max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:px-4 max-sm:py-2.5"
		>
			<Td className="text-right max-sm:order-1 max-sm:h-auto max-sm:p-0! max-sm:text-left">
				<Link
					to={`/console/disputes/${dispute.id}`}
					prefetch="intent"
					className="font-medium text-ink outline-none after:absolute after:inset-0 focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
				>
					<Money amount={dispute.amount} currency={dispute.currency} />
					<span className="sr-only">, {reasonWords(dispute.reason)}</span>
				</Link>
			</Td>
			<Td className="max-sm:order-2 max-sm:h-auto max-sm:justify-self-end max-sm:p-0!">
				<DisputeBadge dispute={dispute} />
			</Td>
			<Td className="truncate text-muted max-sm:order-3 max-sm:h-auto max-sm:p-0! max-sm:text-sm">
				{reasonWords(dispute.reason)}
			</Td>
			<Td className="text-sm max-sm:order-4 max-sm:h-auto max-sm:justify-self-end max-sm:p-0!">
				<DueCountdown dispute={dispute} readAt={readAt} />
			</Td>
			<Td className="hidden text-right text-sm text-muted md:table-cell">
				<Time at={dispute.opened * 1000} />
			</Td>
		</Tr>
	)
}
