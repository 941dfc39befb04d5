import { useRef, useState, type RefObject } from 'react'
import type { Problem } from './checkout-state.ts'
import type { Billing } from './method-form/method-form-handle.ts'

type Name = 'email' | 'name'
type Errors = Partial<Record<Name, string>>

export type BillingField = {
	/** Of the field on the page: forms that are not chosen hide theirs. */
	ref: RefObject<HTMLInputElement>
	value: string
	error: string | undefined
	onChange: (value: string) => void
}

export type BillingHandle = Record<Name, BillingField> & {
	/** The values, or null after the first wrong field was marked and focused. */
	read: (nameLabel: string | null) => Billing | null
}

/** As the server reads it: something, an at sign, and a domain with a dot. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

/** Who pays: the e-mail for every way to pay, and the name where a form asks for one. */
export function useBilling(problem: Problem | null): BillingHandle {
	const refs = { email: useRef<HTMLInputElement>(null), name: useRef<HTMLInputElement>(null) }
	const [values, setValues] = useState({ email: '', name: '' })
	const [errors, setErrors] = useState<Errors>({})
	const isOurs = problem?.field === 'email' || problem?.field === 'name'
	const shown: Errors = { ...(isOurs ? { [problem.field]: problem.message } : {}), ...errors }
	const field = (name: Name): BillingField => ({
		ref: refs[name],
		value: values[name],
		error: shown[name],
		onChange: (value) => {
			setValues((all) => ({ ...all, [name]: value }))
			setErrors(({ [name]: _, ...rest }) => rest)
		},
	})

	return {
		email: field('email'),
		name: field('name'),
		read: (nameLabel) => {
			const [email, name] = [values.email.trim(), values.name.trim()]
			const wrong: Errors = {
				...(!EMAIL.test(email) && { email: 'Enter an e-mail address, such as ada@example.com.' }),
				...(nameLabel !== null && name === '' && { name: `Enter the ${nameLabel.toLowerCase()}.` }),
			}
			setErrors(wrong)
			if (wrong.email) refs.email.current?.focus()
			else if (wrong.name) refs.name.current?.focus()
			if (wrong.email || wrong.name) return null
			return nameLabel === null ? { email } : { email, name }
		},
	}
}
