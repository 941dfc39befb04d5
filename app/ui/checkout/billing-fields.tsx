import { forwardRef, useImperativeHandle, useRef, useState } from 'react'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import type { Problem } from './checkout-state.ts'

export type BillingFieldsHandle = {
	/** The values, or null after the first wrong field was marked and focused. */
	read: () => { email: string; name: string } | null
}

type Errors = { email?: string; name?: string }
type BillingFieldsProps = { problem: Problem | null; disabled: boolean }

/** As the server reads it: something, an at sign, and a domain with a dot. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/
/** Room for the error line below a field. */
const ROOM = 'min-h-21.5 pointer-coarse:min-h-24'

export const BillingFields = forwardRef<BillingFieldsHandle, BillingFieldsProps>(function BillingFields(
	{ problem, disabled },
	ref,
) {
	const email = useRef<HTMLInputElement>(null)
	const name = useRef<HTMLInputElement>(null)
	const [errors, setErrors] = useState<Errors>({})
	const isOurs = problem?.field === 'email' || problem?.field === 'name'
	const fromServer: Errors = isOurs ? { [problem.field]: problem.message } : {}
	const shown = { ...fromServer, ...errors }
	const clear = (field: keyof Errors) => setErrors(({ [field]: _, ...rest }) => rest)

	useImperativeHandle(ref, () => ({
		read: () => {
			const values = { email: email.current?.value.trim() ?? '', name: name.current?.value.trim() ?? '' }
			const wrong: Errors = {
				...(!EMAIL.test(values.email) && { email: 'Enter an e-mail address, such as ada@example.com.' }),
				...(values.name === '' && { name: 'Enter the name on the card.' }),
			}
			setErrors(wrong)
			if (wrong.email) email.current?.focus()
			else if (wrong.name) name.current?.focus()
			return wrong.email || wrong.name ? null : values
		},
	}))

	return (
		<>
			<Field label="E-mail" error={shown.email} className={ROOM}>
				{(control) => (
					<Input
						{...control}
						ref={email}
						type="email"
						name="email"
						autoComplete="email"
						inputMode="email"
						maxLength={254}
						required
						disabled={disabled}
						onChange={() => clear('email')}
					/>
				)}
			</Field>
			<Field label="Name on card" error={shown.name} className={ROOM}>
				{(control) => (
					<Input
						{...control}
						ref={name}
						name="name"
						autoComplete="cc-name"
						maxLength={120}
						required
						disabled={disabled}
						onChange={() => clear('name')}
					/>
				)}
			</Field>
		</>
	)
})
