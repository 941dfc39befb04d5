import { CalendarX } from 'lucide-react'
import type { GatewayView, SimulationView } from '#app/contracts/routing.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { formatCount, formatRate, plural } from './format-measure.ts'
import { titlesOf } from './routing-words.ts'

const rate = (successes: number, payments: number): string =>
	formatRate(payments > 0 ? successes / payments : null)

function Story({ simulation }: { simulation: SimulationView }) {
	const { payments, moved, known, succeeded, expected, unmeasured } = simulation
	return (
		<div className="grid gap-1 px-4 py-3 text-base">
			<p className="text-ink">
				<span className="font-medium">
					{formatCount(moved)} of {plural(payments, 'payment')}
				</span>{' '}
				would have gone to another gateway. {rate(succeeded, payments)} succeeded;{' '}
				<span className="font-medium">{rate(expected, payments)}</span> would be expected.
			</p>
			<p className="text-sm text-muted">
				Expected by how often each gateway succeeded with these payments, as if every gateway knew every card;
				of {plural(moved, 'moved payment')} the other gateway knew {formatCount(known)}.
				{unmeasured > 0 &&
					` ${plural(unmeasured, 'payment')} would have gone to a gateway that had none then: they count as they went.`}
			</p>
		</div>
	)
}

export function SimulationResult({
	simulation,
	gateways,
}: {
	simulation: SimulationView
	gateways: GatewayView[]
}) {
	const titleOf = titlesOf(gateways)
	if (simulation.payments === 0) {
		return (
			<EmptyState icon={CalendarX} title="No payments in that time" className="py-8">
				Choose the last payments instead.
			</EmptyState>
		)
	}
	return (
		<>
			<Story simulation={simulation} />
			<Table aria-label="Simulation by rule">
				<thead>
					<tr>
						<Th>Rule</Th>
						<Th>Would go to</Th>
						<Th className="text-right">Payments</Th>
						<Th className="text-right">Moved</Th>
						<Th className="text-right">Succeeded</Th>
						<Th className="text-right">Expected</Th>
					</tr>
				</thead>
				<tbody>
					{simulation.rules.map((rule) => (
						<Tr key={rule.id ?? 'none'}>
							<Td className="min-w-32 font-medium text-ink">{rule.name ?? 'No rule fits'}</Td>
							<Td className="min-w-40 text-muted">
								{rule.to
									.map(({ gateway, payments }) => `${titleOf(gateway)} ${formatCount(payments)}`)
									.join(', ')}
							</Td>
							<Td className="text-right tabular-nums">{formatCount(rule.payments)}</Td>
							<Td className="text-right tabular-nums">{formatCount(rule.moved)}</Td>
							<Td className="text-right tabular-nums">{rate(rule.succeeded, rule.payments)}</Td>
							<Td className="text-right tabular-nums">{rate(rule.expected, rule.payments)}</Td>
						</Tr>
					))}
				</tbody>
			</Table>
		</>
	)
}
