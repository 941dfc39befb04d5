import { History } from 'lucide-react'
import type { ReconciliationRun, RunView } from '#app/contracts/reconciliation.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { Time } from '../kit/time.tsx'
import { requestedByText } from './difference-words.ts'

const STATUS: Record<ReconciliationRun['status'], { label: string; tone: Tone }> = {
	queued: { label: 'Queued', tone: 'wait' },
	running: { label: 'Running', tone: 'wait' },
	stopped: { label: 'Stopped, goes on by itself', tone: 'warn' },
	finished: { label: 'Finished', tone: 'good' },
}

function RunRow({ run }: { run: RunView }) {
	const { label, tone } = STATUS[run.status]
	return (
		<Tr data-run={run.id}>
			<Td>
				<div className="grid">
					<Time at={run.started * 1000} />
					<span className="text-sm text-muted">
						{run.gatewayTitle}, {requestedByText(run.requested_by)}
					</span>
				</div>
			</Td>
			<Td>
				<Badge tone={tone} title={run.error ?? label}>
					{label}
				</Badge>
				{run.error && <p className="mt-1 max-w-xs text-sm break-words text-muted">{run.error}</p>}
			</Td>
			<Td className="text-right tabular-nums">{run.compared.toLocaleString('en-US')}</Td>
			<Td className="text-right tabular-nums">{run.healed}</Td>
			<Td className="text-right tabular-nums">{run.found}</Td>
		</Tr>
	)
}

export function RunsPanel({ runs }: { runs: RunView[] }) {
	return (
		<Panel flush title="Runs" note="The latest comparisons with the gateway’s books">
			{runs.length === 0 ? (
				<EmptyState icon={History} title="No run yet" className="py-8">
					One runs every hour.
				</EmptyState>
			) : (
				<Table aria-label="Runs">
					<thead>
						<tr>
							<Th>Started</Th>
							<Th>State</Th>
							<Th className="text-right">Compared</Th>
							<Th className="text-right">Healed</Th>
							<Th className="text-right">New</Th>
						</tr>
					</thead>
					<tbody>
						{runs.map((run) => (
							<RunRow key={run.id} run={run} />
						))}
					</tbody>
				</Table>
			)}
		</Panel>
	)
}
