import { useRef, type InputHTMLAttributes } from 'react'
import type { MethodLimitView, MethodRow } from '#app/contracts/method-settings.ts'
import { Button } from '../kit/button.tsx'
import { cn } from '../kit/class-names.ts'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import type { MethodField, MethodResult } from './method-command.ts'
import { useCommand } from './use-command.ts'

type Refused = Extract<MethodResult, { ok: false }>

const nameOf = ({ title, gatewayTitle }: MethodRow) => `${title} through ${gatewayTitle}`

function Subject({ row, intent }: { row: MethodRow; intent: string }) {
	return (
		<>
			<input type="hidden" name="intent" value={intent} />
			<input type="hidden" name="gateway" value={row.gateway} />
			<input type="hidden" name="method" value={row.type} />
		</>
	)
}

/** A button that sends what it is not yet, so that it works without script. */
export function MethodSwitch({ row }: { row: MethodRow }) {
	const { Form, pending, refusal } = useCommand<Refused>()
	return (
		<Form method="post" className="grid shrink-0 justify-items-end gap-1">
			<Subject row={row} intent="switch" />
			<input type="hidden" name="on" value={row.isOn ? '0' : '1'} />
			<button
				type="submit"
				role="switch"
				aria-checked={row.isOn}
				aria-label={nameOf(row)}
				aria-busy={pending || undefined}
				disabled={pending}
				className="grid h-8 place-items-center rounded-md px-1 pointer-coarse:h-11 disabled:opacity-55"
			>
				<span
					aria-hidden="true"
					className={cn(
						'flex h-5 w-9 items-center rounded-full border p-0.5 transition-colors',
						row.isOn ? 'border-accent bg-accent' : 'border-line-strong bg-sunken',
					)}
				>
					<span
						className={cn(
							'size-3.5 rounded-full shadow-card transition-transform',
							row.isOn ? 'translate-x-4 bg-on-accent' : 'bg-muted',
						)}
					/>
				</span>
			</button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}

export function LimitLine({
	row,
	limit,
	maySet,
}: {
	row: MethodRow
	limit: MethodLimitView
	maySet: boolean
}) {
	const { Form, pending, refusal } = useCommand<Refused>()
	const code = limit.currency.toUpperCase()
	const words = [limit.min && `from ${limit.min}`, limit.max && `up to ${limit.max}`]
		.filter(Boolean)
		.join(' ')
	return (
		<li className="flex flex-wrap items-center justify-between gap-x-3">
			<span className="text-ink tabular-nums">
				{code} {words}
			</span>
			{maySet && (
				<Form method="post">
					<Subject row={row} intent="remove_limit" />
					<input type="hidden" name="currency" value={limit.currency} />
					<Button
						type="submit"
						size="sm"
						tone="quiet"
						pending={pending}
						aria-label={`Remove the ${code} limit of ${nameOf(row)}`}
					>
						Remove
					</Button>
				</Form>
			)}
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</li>
	)
}

const errorsOf = (refusal: Refused | null) => ({
	at: (field: MethodField) => (refusal?.field === field ? refusal.message : null),
	other: refusal?.field === null ? refusal.message : null,
})

export function LimitForm({ row }: { row: MethodRow }) {
	const form = useRef<HTMLFormElement>(null)
	const { Form, pending, refusal } = useCommand<Refused>(() => form.current?.reset())
	const error = errorsOf(refusal)
	return (
		<Form ref={form} method="post" className="grid gap-2">
			<Subject row={row} intent="limit" />
			<div className="grid grid-cols-2 items-start gap-2 sm:grid-cols-[6.5rem_1fr_1fr_auto]">
				<Field label="Currency" error={error.at('currency')} className="col-span-2 sm:col-span-1">
					{(control) => (
						<Select
							{...control}
							name="currency"
							defaultValue={row.currencies.includes('usd') ? 'usd' : undefined}
						>
							{row.currencies.map((currency) => (
								<option key={currency} value={currency}>
									{currency.toUpperCase()}
								</option>
							))}
						</Select>
					)}
				</Field>
				<Field label="Smallest payment" error={error.at('min')}>
					{(control) => <AmountInput {...control} name="min" />}
				</Field>
				<Field label="Largest payment" error={error.at('max')}>
					{(control) => <AmountInput {...control} name="max" />}
				</Field>
				<Button type="submit" pending={pending} className="col-span-2 sm:col-span-1 sm:mt-6.5">
					Save limit
				</Button>
			</div>
			{error.other && <FieldError>{error.other}</FieldError>}
		</Form>
	)
}

function AmountInput(props: InputHTMLAttributes<HTMLInputElement>) {
	return (
		<Input
			{...props}
			inputMode="decimal"
			autoComplete="off"
			placeholder="no limit"
			className="tabular-nums"
		/>
	)
}

export function CountriesForm({ row }: { row: MethodRow }) {
	const { Form, pending, refusal } = useCommand<Refused>()
	const error = errorsOf(refusal)
	return (
		<Form method="post" className="grid gap-2">
			<Subject row={row} intent="countries" />
			<div className="grid items-start gap-2 sm:grid-cols-[1fr_auto]">
				<Field
					label="Only payers from"
					error={error.at('countries')}
					hint={`Country codes, such as US, DE. Empty means all that ${row.gatewayTitle} takes: ${row.gatewayCountries}.`}
				>
					{(control) => (
						<Input
							{...control}
							name="countries"
							defaultValue={row.countries?.join(', ') ?? ''}
							autoCapitalize="characters"
							autoComplete="off"
							spellCheck={false}
							placeholder="everywhere"
						/>
					)}
				</Field>
				<Button type="submit" pending={pending} className="sm:mt-6.5">
					Save countries
				</Button>
			</div>
			{error.other && <FieldError>{error.other}</FieldError>}
		</Form>
	)
}
