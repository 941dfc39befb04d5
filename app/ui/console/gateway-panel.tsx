import { PlugZap } from 'lucide-react'
import type { GatewayView } from '#app/contracts/routing.ts'
import { Badge } from '../kit/badge.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Explain } from '../kit/explain.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { formatCount, formatRate } from './format-measure.ts'
import { BREAKER_WORDS, STATE_WORDS } from './routing-words.ts'
import { useLiveGateways } from './use-live-gateways.ts'

function GatewayRow({ gateway }: { gateway: GatewayView }) {
	const { tries, succeeded, declined, technical } = gateway.last_24h
	const breaker = BREAKER_WORDS[gateway.breaker]
	return (
		<Tr data-gateway={gateway.name}>
			<Td>
				<span className="grid">
					<span className="font-medium text-ink">{gateway.title}</span>
					<span className="text-sm text-muted">{STATE_WORDS[gateway.state]}</span>
				</span>
			</Td>
			<Td>
				{gateway.state === 'missing_key' ? (
					<Badge>Not connected</Badge>
				) : (
					<Badge tone={breaker.tone}>{breaker.label}</Badge>
				)}
			</Td>
			<Td className="text-right font-medium tabular-nums">
				{formatRate(tries > 0 ? succeeded / tries : null)}
			</Td>
			<Td className="text-right tabular-nums">{formatCount(tries)}</Td>
			<Td className="text-right tabular-nums">{formatCount(declined)}</Td>
			<Td className="text-right tabular-nums">{formatCount(technical)}</Td>
		</Tr>
	)
}

export function GatewayPanel({ read }: { read: GatewayView[] }) {
	const gateways = useLiveGateways(read)
	return (
		<Panel
			flush
			title="Gateways"
			note="The last 24 hours, as they happen"
			action={
				<Explain about="trouble">
					A gateway is passed over when at least half of its tries of the last 5 minutes, and no fewer than 10
					in all, had no answer or a technical failure. Every 10 seconds one payment finds out whether it is
					well again. A bank that says no is no trouble.
				</Explain>
			}
		>
			{gateways.length === 0 ? (
				<EmptyState icon={PlugZap} title="No gateway is set up" className="py-8" />
			) : (
				<Table aria-label="Gateways">
					<thead>
						<tr>
							<Th>Gateway</Th>
							<Th>State</Th>
							<Th className="text-right">Succeeded</Th>
							<Th className="text-right">Tries</Th>
							<Th className="text-right">Declined</Th>
							<Th className="text-right">Technical</Th>
						</tr>
					</thead>
					<tbody>
						{gateways.map((gateway) => (
							<GatewayRow key={gateway.name} gateway={gateway} />
						))}
					</tbody>
				</Table>
			)}
		</Panel>
	)
}
