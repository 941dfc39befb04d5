import { useRevalidator } from '@remix-run/react'
import { RefreshCw } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReconciliationView } from '#app/contracts/reconciliation.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Banner } from '../kit/banner.tsx'
import { Button } from '../kit/button.tsx'
import { FieldError } from '../kit/field.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { BankPanel } from './bank-panel.tsx'
import { DifferencesPanel } from './differences-panel.tsx'
import { useMay } from './permissions.tsx'
import { ReconciliationTiles } from './reconciliation-tiles.tsx'
import { RunsPanel } from './runs-panel.tsx'
import type { ReconciliationRefusal } from './reconciliation-command.ts'
import { useCommand } from './use-command.ts'

const WHILE_RUNNING_MS = 1_500
const OTHERWISE_MS = 30_000

/** A run changes no payment, so the live stream does not tell of it: the page looks again by itself. */
function useLookingAgain(isRunning: boolean) {
	const { revalidate, state } = useRevalidator()
	const look = useRef(() => undefined as void)
	look.current = () => {
		if (state === 'idle' && document.visibilityState === 'visible') revalidate()
	}
	useEffect(() => {
		const timer = setInterval(() => look.current(), isRunning ? WHILE_RUNNING_MS : OTHERWISE_MS)
		return () => clearInterval(timer)
	}, [isRunning])
}

function RunNow({ isRunning }: { isRunning: boolean }) {
	const { Form, pending, refusal } = useCommand<ReconciliationRefusal>()
	return (
		<Form method="post" className="flex flex-wrap items-center gap-3">
			{refusal && <FieldError>{refusal.message}</FieldError>}
			<input type="hidden" name="intent" value="run" />
			<Button type="submit" tone="primary" pending={pending || isRunning}>
				<RefreshCw aria-hidden="true" />
				Run now
			</Button>
		</Form>
	)
}

export function ReconciliationPage({ view }: { view: ReconciliationView }) {
	const { summary, runs, payouts, lines, healed } = view
	const current = summary.current_run
	const isRunning = current !== null && current.status !== 'stopped'
	useLookingAgain(isRunning)
	const mayRun = useMay()(CONSOLE_PAGES['/console/reconciliation'].act.run)
	return (
		<>
			<PageHeader
				title="Reconciliation"
				below="The gateway’s books against ours and against the ledger, cent by cent."
				actions={mayRun && <RunNow isRunning={isRunning} />}
			/>
			<div className="grid gap-4">
				<div aria-live="polite" className="empty:hidden">
					{current && isRunning && (
						<Banner tone="wait">
							{current.status === 'queued'
								? 'The comparison starts in a moment.'
								: `Comparing: ${current.compared.toLocaleString('en-US')} so far.`}
						</Banner>
					)}
					{current?.status === 'stopped' && (
						<Banner tone="warn">
							The last comparison was cut off{current.error ? `: ${current.error}` : ''}. It goes on by itself
							where it stopped; money is not affected.
						</Banner>
					)}
				</div>
				<ReconciliationTiles summary={summary} healed={healed} />
				<DifferencesPanel view={view} />
				<div className="grid items-start gap-4 xl:grid-cols-2">
					<BankPanel payouts={payouts} lines={lines} />
					<RunsPanel runs={runs} />
				</div>
			</div>
		</>
	)
}
