import { SHORTEST_PASSWORD } from '#app/domain/people/judge-password.ts'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'

type PasswordFieldProps = { label?: string; name?: string; error: string | null }

/** For a password that is being chosen: the browser may offer one, and pasting is fine. */
export function NewPasswordField({ label = 'Password', name = 'password', error }: PasswordFieldProps) {
	return (
		<Field
			label={label}
			error={error}
			hint={`At least ${SHORTEST_PASSWORD} characters. A sentence only you would say is best.`}
		>
			{(control) => <Input {...control} name={name} type="password" autoComplete="new-password" required />}
		</Field>
	)
}

export function CurrentPasswordField({
	label = 'Current password',
	name = 'current',
	error,
}: PasswordFieldProps) {
	return (
		<Field label={label} error={error}>
			{(control) => (
				<Input {...control} name={name} type="password" autoComplete="current-password" required />
			)}
		</Field>
	)
}
