import { exponentOf } from '#app/domain/money/currency.ts'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { formatMoney } from '../kit/money.tsx'
import { parseAmount } from '../kit/parse-amount.ts'

type AmountFieldProps = {
	label: string
	currency: string
	/** Upper limit in minor units. */
	most: number
	mostText: string
	value: string
	onChange: (value: string) => void
	error: string | null
}

/** The amount as decimal text: it is never turned into a float, neither here nor on the server. */
export function AmountField({ label, currency, most, mostText, value, onChange, error }: AmountFieldProps) {
	return (
		<Field
			label={label}
			error={error}
			hint={error ? undefined : `${mostText} ${formatMoney(most, currency)}.`}
		>
			{(control) => (
				<Input
					{...control}
					name="amount"
					inputMode={exponentOf(currency) === 0 ? 'numeric' : 'decimal'}
					autoComplete="off"
					value={value}
					onChange={(event) => onChange(event.currentTarget.value)}
					after={currency.toUpperCase()}
					className="tabular-nums"
				/>
			)}
		</Field>
	)
}

/** The amount, or why it cannot be used. */
export function checkAmount(text: string, currency: string, most: number) {
	const parsed = parseAmount(text, currency)
	if (parsed.ok && parsed.minor > BigInt(most)) {
		return { ok: false as const, message: `This is more than ${formatMoney(most, currency)}.` }
	}
	return parsed
}
