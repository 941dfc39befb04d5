import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import type { CurrencySettingsView } from '#app/contracts/currency-settings.ts'
import { MOST_SPREAD_BPS } from '#app/domain/fx/quote.ts'
import { Button } from '../kit/button.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import { toast } from '../kit/toast.tsx'
import type { CurrencyField, CurrencyResult } from './currency-command.ts'

export function CurrencyForm({ settings }: { settings: CurrencySettingsView }) {
	const { settlementCurrency, fixedBecause, spreadBps, currencies } = settings
	const fetcher = useFetcher<CurrencyResult>()
	const pending = fetcher.state !== 'idle'
	const result = fetcher.data
	useEffect(() => {
		if (result?.ok) toast.success(result.message)
	}, [result])
	const refusal = !pending && result && !result.ok ? result : null
	const errorOf = (field: CurrencyField) => (refusal?.field === field ? refusal.message : null)
	return (
		<fetcher.Form method="post" className="grid gap-4">
			<Field
				label="You are paid in"
				hint={fixedBecause ?? 'Orders are priced in it. It cannot be changed once money was taken.'}
				error={errorOf('settlement_currency')}
			>
				{(control) =>
					fixedBecause ? (
						<>
							<input type="hidden" name="settlement_currency" value={settlementCurrency} />
							<Input {...control} value={settlementCurrency.toUpperCase()} readOnly />
						</>
					) : (
						<Select {...control} name="settlement_currency" defaultValue={settlementCurrency}>
							{currencies.map((code) => (
								<option key={code} value={code}>
									{code.toUpperCase()}
								</option>
							))}
						</Select>
					)
				}
			</Field>
			<Field
				label="Spread, in hundredths of a percent"
				hint={`150 adds 1.5 % to the published rate, at most ${MOST_SPREAD_BPS}. It counts from the next price a shopper is shown.`}
				error={errorOf('spread')}
			>
				{(control) => (
					<Input
						{...control}
						name="spread"
						required
						inputMode="numeric"
						autoComplete="off"
						defaultValue={spreadBps}
						className="tabular-nums"
					/>
				)}
			</Field>
			{refusal?.field === null && <FieldError>{refusal.message}</FieldError>}
			<Button type="submit" tone="primary" pending={pending}>
				Save
			</Button>
		</fetcher.Form>
	)
}
