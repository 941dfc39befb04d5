import { Link } from '@remix-run/react'
import { useState } from 'react'
import type { Payment } from '#app/contracts/payments.ts'
import { cn } from '../kit/class-names.ts'
import { Money } from '../kit/money.tsx'
import { PaymentMethod } from '../kit/payment-method.tsx'
import { RiskScore } from '../kit/risk-score.tsx'
import { PaymentBadge } from '../kit/status-badge.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { useLiveSnapshot } from '../live/use-live-payments.ts'
import { paymentTitle } from './payment-title.ts'
import { canRefund, type RowChoice } from './row-choice.ts'

/** How long after its arrival a row still counts as new. */
const NEW_MS = 2_000

type PaymentTableProps = {
	payments: Payment[]
	label: string
	/** With it each row that can be refunded has a box to choose it by. */
	choice?: RowChoice
}

export function PaymentTable({ payments, label, choice }: PaymentTableProps) {
	return (
		<Table aria-label={label} className="table-fixed">
			<thead className="max-sm:sr-only">
				<tr>
					{choice && <ChooseAll payments={payments} choice={choice} />}
					<Th className="w-32 text-right">Amount</Th>
					<Th className="w-46">Status</Th>
					<Th>Description</Th>
					<Th className="hidden w-56 lg:table-cell">Paid with</Th>
					<Th className="hidden w-28 md:table-cell">Risk</Th>
					<Th className="w-30 text-right">Created</Th>
				</tr>
			</thead>
			<tbody>
				{payments.map((payment) => (
					<PaymentRow key={payment.id} payment={payment} choice={choice} />
				))}
			</tbody>
		</Table>
	)
}

const BOX = 'size-4 cursor-pointer accent-accent disabled:cursor-not-allowed disabled:opacity-40'

function ChooseAll({ payments, choice }: { payments: Payment[]; choice: RowChoice }) {
	const ids = payments.filter(canRefund).map(({ id }) => id)
	const all = ids.length > 0 && ids.every((id) => choice.chosen.has(id))
	return (
		<Th className="w-10 pr-0!">
			<input
				type="checkbox"
				aria-label="Choose all that can be refunded"
				className={cn(BOX, 'align-middle')}
				checked={all}
				disabled={ids.length === 0}
				onChange={() => choice.change(ids, !all)}
			/>
		</Th>
	)
}

function ChooseRow({ payment, choice }: { payment: Payment; choice: RowChoice }) {
	const refundable = canRefund(payment)
	return (
		<Td className="pr-0! max-sm:row-span-2 max-sm:h-auto max-sm:self-center max-sm:p-0! max-sm:pr-3!">
			{/* Above the link that covers the row; the label makes the place large enough for a thumb. */}
			<label className="relative z-1 -m-3 grid w-fit cursor-pointer p-3">
				<input
					type="checkbox"
					aria-label={`Choose ${paymentTitle(payment)}`}
					title={refundable ? undefined : 'Nothing can be refunded'}
					className={BOX}
					checked={choice.chosen.has(payment.id)}
					disabled={!refundable}
					onChange={(event) => choice.change([payment.id], event.currentTarget.checked)}
				/>
			</label>
		</Td>
	)
}

type PaymentRowProps = { payment: Payment; choice: RowChoice | undefined }

function PaymentRow({ payment, choice }: PaymentRowProps) {
	const { heardAt } = useLiveSnapshot()
	// Only judged when the row appears: a row that is merely drawn again must not flash.
	const [isNew] = useState(() => {
		const heard = heardAt.get(payment.id)
		return heard !== undefined && Date.now() - heard < NEW_MS
	})
	return (
		<Tr
			data-payment={payment.id}
			data-status={payment.status}
			className={cn(
				'relative hover:bg-sunken/60 has-[a:focus-visible]:bg-sunken max-sm:grid max-sm:px-4 max-sm:py-2.5',
				choice ? 'max-sm:grid-cols-[auto_minmax(0,1fr)_auto]' : 'max-sm:grid-cols-[minmax(0,1fr)_auto]',
				isNew && 'animate-[row-in_240ms_var(--ease-calm)_both,mark_2s_ease-out]',
			)}
		>
			{choice && <ChooseRow payment={payment} choice={choice} />}
			<Td className="text-right max-sm:order-1 max-sm:h-auto max-sm:p-0! max-sm:text-left">
				<Link
					to={`/console/payments/${payment.id}`}
					prefetch="intent"
					className="font-medium text-ink outline-none after:absolute after:inset-0 focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
				>
					<Money amount={payment.amount} currency={payment.currency} />
					<span className="sr-only">, {paymentTitle(payment)}</span>
				</Link>
			</Td>
			<Td className="max-sm:order-2 max-sm:h-auto max-sm:justify-self-end max-sm:p-0!">
				<PaymentBadge payment={payment} />
			</Td>
			<Td className="truncate text-muted max-sm:order-3 max-sm:h-auto max-sm:p-0! max-sm:text-sm">
				{paymentTitle(payment)}
			</Td>
			<Td className="hidden truncate text-muted lg:table-cell">
				<PaymentMethod method={payment.payment_method} />
			</Td>
			<Td className="hidden md:table-cell">
				<RiskScore risk={payment.risk} />
			</Td>
			<Td className="text-right text-sm text-muted max-sm:order-4 max-sm:h-auto max-sm:p-0!">
				<Time at={payment.created * 1000} />
			</Td>
		</Tr>
	)
}
