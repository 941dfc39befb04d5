import { useFetcher } from '@remix-run/react'
import { ShieldOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { RefundLimitView } from '#app/contracts/console.ts'
import { useStepUp } from '../factors/use-step-up.ts'
import { Button } from '../kit/button.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { toDecimalText } from '../kit/money.tsx'
import { Time } from '../kit/time.tsx'
import { toast } from '../kit/toast.tsx'
import type { LimitResult } from './limit-command.ts'

export function LimitList({ limits, maySet }: { limits: RefundLimitView[]; maySet: boolean }) {
	if (limits.length === 0) {
		return (
			<EmptyState icon={ShieldOff} title="No limit is set">
				Everybody who may refund can return any amount alone.
			</EmptyState>
		)
	}
	return (
		<ul>
			{limits.map((limit) => (
				<li
					key={limit.currency}
					className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-3 last:border-b-0"
				>
					<div className="min-w-0">
						<p className="text-ink">
							Above{' '}
							<span className="font-medium tabular-nums">
								{toDecimalText(limit.above, limit.currency)} {limit.currency.toUpperCase()}
							</span>{' '}
							a colleague must approve
						</p>
						<p className="text-sm text-muted">
							Set by {limit.changedBy}, <Time at={limit.changedAt} />
						</p>
					</div>
					{maySet && <RemoveLimit currency={limit.currency} />}
				</li>
			))}
		</ul>
	)
}

function useLimitResult(onSaved: () => void) {
	const fetcher = useFetcher<LimitResult>()
	useStepUp(fetcher)
	const saved = useRef(onSaved)
	saved.current = onSaved
	const result = fetcher.data
	useEffect(() => {
		if (!result) return
		if (!result.ok) return
		toast.success(result.message)
		saved.current()
	}, [result])
	const pending = fetcher.state !== 'idle'
	return { Form: fetcher.Form, pending, refusal: !pending && result && !result.ok ? result : null }
}

function RemoveLimit({ currency }: { currency: string }) {
	const { Form, pending, refusal } = useLimitResult(() => undefined)
	return (
		<Form method="post" className="grid justify-items-end gap-1">
			<input type="hidden" name="intent" value="remove" />
			<input type="hidden" name="currency" value={currency} />
			<Button
				type="submit"
				size="sm"
				pending={pending}
				aria-label={`Remove the ${currency.toUpperCase()} limit`}
			>
				Remove
			</Button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}

export function LimitForm() {
	const form = useRef<HTMLFormElement>(null)
	const { Form, pending, refusal } = useLimitResult(() => form.current?.reset())
	const errorOf = (field: 'amount' | 'currency') => (refusal?.field === field ? refusal.message : null)
	return (
		<Form ref={form} method="post" className="grid gap-4">
			<input type="hidden" name="intent" value="set" />
			<Field label="Currency" error={errorOf('currency')}>
				{(control) => (
					<Input
						{...control}
						name="currency"
						required
						maxLength={3}
						autoCapitalize="none"
						autoComplete="off"
						placeholder="usd"
					/>
				)}
			</Field>
			<Field
				label="Above this amount"
				error={errorOf('amount')}
				hint="0 means that every refund needs a second person."
			>
				{(control) => (
					<Input
						{...control}
						name="amount"
						required
						inputMode="decimal"
						autoComplete="off"
						placeholder="500.00"
						className="tabular-nums"
					/>
				)}
			</Field>
			{refusal?.field === null && <FieldError>{refusal.message}</FieldError>}
			<Button type="submit" tone="primary" pending={pending}>
				Save the limit
			</Button>
			<p className="text-sm text-muted">
				It counts from the next refund on. Refunds of one payment count together, so a limit is not passed in
				small steps. Every change is written to the audit log.
			</p>
		</Form>
	)
}
