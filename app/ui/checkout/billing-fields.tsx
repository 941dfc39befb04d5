import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import type { BillingField } from './use-billing.ts'

/** Room for the error line below a field. */
const ROOM = 'min-h-21.5 pointer-coarse:min-h-24'

type EmailFieldProps = { field: BillingField; disabled: boolean }

export function EmailField({ field, disabled }: EmailFieldProps) {
	return (
		<Field label="E-mail" error={field.error} className={ROOM}>
			{(control) => (
				<Input
					{...control}
					ref={field.ref}
					type="email"
					name="email"
					autoComplete="email"
					inputMode="email"
					maxLength={254}
					required
					disabled={disabled}
					value={field.value}
					onChange={(event) => field.onChange(event.currentTarget.value)}
				/>
			)}
		</Field>
	)
}

type NameFieldProps = EmailFieldProps & {
	label: string
	autoComplete: 'cc-name' | 'name'
	/** Two forms have a name field; only the one of the chosen form is spoken to. */
	isChosen: boolean
}

export function NameField({ field, label, autoComplete, disabled, isChosen }: NameFieldProps) {
	return (
		<Field label={label} error={isChosen ? field.error : undefined} className={ROOM}>
			{(control) => (
				<Input
					{...control}
					ref={isChosen ? field.ref : undefined}
					name={autoComplete}
					autoComplete={autoComplete}
					maxLength={120}
					required
					disabled={disabled}
					value={field.value}
					onChange={(event) => field.onChange(event.currentTarget.value)}
				/>
			)}
		</Field>
	)
}
