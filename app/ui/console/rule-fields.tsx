import type { GatewayView } from '#app/contracts/routing.ts'
import { METHOD_TYPES } from '#app/domain/methods/method-terms.ts'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { GatewayChoice } from './gateway-choice.tsx'
import type { RuleForm } from './rule-form.ts'
import { METHOD_WORDS } from './routing-words.ts'

type Props = {
	form: RuleForm
	gateways: GatewayView[]
	onChange: (change: Partial<RuleForm>) => void
}

type TextField = {
	[Key in keyof RuleForm]: RuleForm[Key] extends string ? (string extends RuleForm[Key] ? Key : never) : never
}[keyof RuleForm]

/** Everything a rule asks for; what is left empty asks for nothing. */
export function RuleFields({ form, gateways, onChange }: Props) {
	const text = (name: TextField, label: string, placeholder: string, hint?: string) => (
		<Field label={label} hint={hint}>
			{(control) => (
				<Input
					{...control}
					value={form[name]}
					placeholder={placeholder}
					autoComplete="off"
					onChange={(event) => onChange({ [name]: event.target.value })}
				/>
			)}
		</Field>
	)
	return (
		<div className="grid gap-4 border-t border-line px-4 py-4 lg:grid-cols-2">
			<div className="grid content-start gap-4">
				{text('name', 'Name', 'Large payments in euro')}
				<fieldset className="grid gap-1.5">
					<legend className="mb-1.5 text-sm font-medium text-ink">Ways to pay</legend>
					<div className="flex flex-wrap gap-x-4 gap-y-2">
						{METHOD_TYPES.map((type) => (
							<label key={type} className="flex items-center gap-2 text-base pointer-coarse:min-h-9">
								<input
									type="checkbox"
									className="size-4 accent-accent"
									checked={form.methods.includes(type)}
									onChange={(event) =>
										onChange({
											methods: event.target.checked
												? [...form.methods, type]
												: form.methods.filter((method) => method !== type),
										})
									}
								/>
								{METHOD_WORDS[type]}
							</label>
						))}
					</div>
				</fieldset>
				{text('currencies', 'Currencies', 'EUR, CHF')}
				<div className="grid grid-cols-3 gap-3">
					{text('min', 'From amount', '100.00')}
					{text('max', 'To amount', '5,000.00')}
					{text('amountCurrency', 'in', 'EUR')}
				</div>
				<div className="grid gap-4 sm:grid-cols-2">
					{text('payerCountries', 'Payer in', 'DE, AT', 'By the address of their connection.')}
					{text('cardCountries', 'Card from', 'FR')}
				</div>
				<p className="text-sm text-muted">
					What is left empty asks for nothing. What is not known of a payment meets no condition.
				</p>
			</div>
			<GatewayChoice form={form} gateways={gateways} onChange={onChange} />
		</div>
	)
}
