import { useFetcher } from '@remix-run/react'
import { FlaskConical } from 'lucide-react'
import { MOST_SIMULATED, type GatewayView, type SimulationView } from '#app/contracts/routing.ts'
import type { RoutingRule } from '#app/domain/routing/rules.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FieldError } from '../kit/field.tsx'
import { Select } from '../kit/select.tsx'
import { plural } from './format-measure.ts'
import type { RoutingRefusal } from './routing-command.ts'
import { SimulationResult } from './simulation-result.tsx'

type Answer = { ok: true; simulation: SimulationView } | RoutingRefusal

const SPANS = [
	{ value: 'yesterday', label: 'Yesterday’s payments' },
	...[100, 1_000, MOST_SIMULATED].map((count) => ({
		value: String(count),
		label: `The last ${plural(count, 'payment')}`,
	})),
]

type Props = {
	/** Null while they are not complete. */
	rules: RoutingRule[] | null
	gateways: GatewayView[]
	onIncomplete: () => void
}

/** Holds what stands in the editor against past payments, before it is saved or switched on. */
export function SimulationPanel({ rules, gateways, onIncomplete }: Props) {
	const fetcher = useFetcher<Answer>()
	const pending = fetcher.state !== 'idle'
	const answer = fetcher.data
	return (
		<Panel
			flush
			title="Simulation"
			note="The rules above against payments that are over. Nothing is charged or changed."
		>
			<fetcher.Form
				method="post"
				action="/console/routing/simulate"
				className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3"
				onSubmit={(event) => {
					if (rules) return
					event.preventDefault()
					onIncomplete()
				}}
			>
				<input type="hidden" name="rules" value={JSON.stringify(rules)} />
				<Select name="span" aria-label="Which payments" defaultValue="yesterday" className="w-full sm:w-60">
					{SPANS.map(({ value, label }) => (
						<option key={value} value={value}>
							{label}
						</option>
					))}
				</Select>
				<Button type="submit" pending={pending}>
					<FlaskConical aria-hidden="true" />
					Simulate
				</Button>
				{!pending && answer && !answer.ok && <FieldError>{answer.message}</FieldError>}
			</fetcher.Form>
			<div aria-live="polite" aria-busy={pending}>
				{answer?.ok ? (
					<SimulationResult simulation={answer.simulation} gateways={gateways} />
				) : (
					<EmptyState icon={FlaskConical} title="Not simulated yet" className="py-8">
						See how many payments would have gone elsewhere, and what that would have brought.
					</EmptyState>
				)}
			</div>
		</Panel>
	)
}
