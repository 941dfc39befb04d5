import { Landmark, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import type { BankLineView, PayoutView, ReconciliationView } from '#app/contracts/reconciliation.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Banner } from '../kit/banner.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Field } from '../kit/field.tsx'
import { Table, Td, Th, Tr } from '../kit/table.tsx'
import { moneyText } from './difference-words.ts'
import { useMay } from './permissions.tsx'
import type { ReconciliationRefusal } from './reconciliation-command.ts'
import { useCommand } from './use-command.ts'

const MOST_BYTES = 1024 * 1024

function UploadForm() {
	const form = useRef<HTMLFormElement>(null)
	const [file, setFile] = useState<{ name: string; size: number } | null>(null)
	const { Form, pending, refusal } = useCommand<ReconciliationRefusal>(() => {
		form.current?.reset()
		setFile(null)
	})
	const tooLarge = file !== null && file.size > MOST_BYTES
	const problems = refusal?.problems ?? []
	return (
		<Form ref={form} method="post" encType="multipart/form-data" className="grid gap-3">
			<input type="hidden" name="intent" value="upload" />
			<div className="flex flex-wrap items-end gap-3">
				<Field
					label="Bank statement (CSV)"
					className="min-w-0 flex-1"
					error={
						tooLarge
							? 'This file is larger than 1 MB. Export a shorter period.'
							: refusal && problems.length === 0
								? refusal.message
								: null
					}
					hint="The first line names the columns date, amount, currency and text, in any order. 12.50 and 12,50 are both understood."
				>
					{(control) => (
						<input
							{...control}
							type="file"
							name="statement"
							accept=".csv,.txt,text/csv,text/plain"
							required
							onChange={(event) => setFile(event.target.files?.[0] ?? null)}
							className="block w-full min-w-0 text-sm text-muted file:mr-3 file:h-9 file:rounded-md file:border file:border-solid file:border-line-strong file:bg-panel file:px-3 file:text-base file:font-medium file:text-ink file:shadow-card hover:file:bg-sunken pointer-coarse:file:h-11"
						/>
					)}
				</Field>
				<Button type="submit" pending={pending} disabled={tooLarge}>
					<Upload aria-hidden="true" />
					Upload
				</Button>
			</div>
			<p aria-live="polite" className="text-sm text-muted empty:hidden">
				{pending && file ? `Reading ${file.name} …` : ''}
			</p>
			{problems.length > 0 && (
				<Banner tone="bad" role="alert">
					<p className="font-medium">{refusal?.message}</p>
					<ul className="mt-1 grid gap-0.5">
						{problems.map(({ line, message }) => (
							<li key={`${line} ${message}`} className="break-words">
								Line {line}: {message}
							</li>
						))}
					</ul>
				</Banner>
			)}
		</Form>
	)
}

function stateOf(payout: PayoutView): { label: string; tone: Tone } {
	if (payout.bookedOn) return { label: 'On the statement', tone: 'good' }
	if (payout.status === 'failed' || payout.status === 'canceled')
		return { label: 'Did not arrive', tone: 'bad' }
	return { label: payout.status === 'paid' ? 'Not on a statement yet' : 'On its way', tone: 'wait' }
}

function Payouts({ payouts }: { payouts: PayoutView[] }) {
	if (payouts.length === 0) {
		return (
			<EmptyState icon={Landmark} title="No payout yet" className="py-8">
				Each payout of the gateway to your bank appears here after the next run.
			</EmptyState>
		)
	}
	return (
		<Table aria-label="Payouts">
			<thead>
				<tr>
					<Th className="text-right">Payout</Th>
					<Th>Arrives</Th>
					<Th>Bank</Th>
				</tr>
			</thead>
			<tbody>
				{payouts.map((payout) => {
					const { label, tone } = stateOf(payout)
					return (
						<Tr key={payout.id} data-payout={payout.id}>
							<Td className="text-right font-medium whitespace-nowrap tabular-nums">
								{moneyText(payout.amount, payout.currency)}
							</Td>
							<Td className="whitespace-nowrap text-muted">{payout.arrivesOn}</Td>
							<Td>
								<span className="flex flex-wrap items-center gap-x-2">
									<Badge tone={tone}>{label}</Badge>
									{payout.bookedOn && (
										<span className="text-sm text-muted">
											{payout.bookedOn}, {payout.fileName}
										</span>
									)}
								</span>
							</Td>
						</Tr>
					)
				})}
			</tbody>
		</Table>
	)
}

function Unmatched({ rows, total }: { rows: BankLineView[]; total: number }) {
	if (total === 0) return null
	return (
		<details className="group border-t border-line">
			<summary className="cursor-pointer px-4 py-3 text-sm text-muted hover:text-ink">
				{total === 1 ? '1 line of your statements shows' : `${total} lines of your statements show`} no payout
			</summary>
			<Table aria-label="Lines without a payout">
				<thead>
					<tr>
						<Th>Booked</Th>
						<Th className="text-right">Amount</Th>
						<Th>Text</Th>
					</tr>
				</thead>
				<tbody>
					{rows.map((line) => (
						<Tr key={line.id}>
							<Td className="whitespace-nowrap text-muted">{line.bookedOn}</Td>
							<Td className="text-right whitespace-nowrap tabular-nums">
								{moneyText(line.amount, line.currency)}
							</Td>
							<Td
								className="max-w-60 truncate text-muted"
								title={`${line.text} (${line.fileName}, line ${line.line})`}
							>
								{line.text}
							</Td>
						</Tr>
					))}
				</tbody>
			</Table>
		</details>
	)
}

/** Payouts of the gateway against the statements of the bank. */
export function BankPanel({ payouts, lines }: Pick<ReconciliationView, 'payouts' | 'lines'>) {
	const mayUpload = useMay()(CONSOLE_PAGES['/console/reconciliation'].act.upload)
	return (
		<Panel flush title="Payouts and bank" note="Upload a statement to see which payouts have arrived">
			{mayUpload && (
				<div className="border-b border-line p-4">
					<UploadForm />
				</div>
			)}
			<Payouts payouts={payouts} />
			<Unmatched {...lines} />
		</Panel>
	)
}
