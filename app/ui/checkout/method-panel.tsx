import { useCallback, useRef } from 'react'
import type { FormSource } from '../../contracts/checkout.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { NameField } from './billing-fields.tsx'
import { MethodForm } from './method-form/method-form.tsx'
import type { FormMethod, MethodFormHandle } from './method-form/method-form-handle.ts'
import type { BillingField } from './use-billing.ts'

type MethodPanelProps = {
	type: MethodType
	isChosen: boolean
	note: string | null
	name: BillingField
	settings: FormSource
	amount: number
	currency: string
	isLocked: boolean
	onForm: (form: MethodFormHandle | null) => void
	onReady: (isReady: boolean) => void
	onSubmit: () => void
}

const GROUPS: Record<FormMethod, string> = {
	card: 'Card',
	us_bank_account: 'Bank account',
	sepa_debit: 'Bank account',
}

const formMethodOf = (type: MethodType): FormMethod | null => (type in GROUPS ? (type as FormMethod) : null)

/** Null for methods that know who pays. */
export function nameLabelOf(type: MethodType): string | null {
	if (type === 'card') return 'Name on card'
	return formMethodOf(type) ? 'Name of the account holder' : null
}

/** What a way to pay asks for: its form, or a sentence on what happens next. */
export function MethodPanel(props: MethodPanelProps) {
	const { type, isChosen, note, name, isLocked, onForm } = props
	const tell = useRef(onForm)
	tell.current = onForm
	const keepForm = useCallback((form: MethodFormHandle | null) => tell.current(form), [])
	const method = formMethodOf(type)
	if (!method) return <p className="text-sm text-muted">{note}</p>
	return (
		<div className="grid gap-2">
			{note && <p className="text-sm text-muted">{note}</p>}
			<NameField
				field={name}
				label={nameLabelOf(type) ?? 'Name'}
				autoComplete={type === 'card' ? 'cc-name' : 'name'}
				isChosen={isChosen}
				disabled={isLocked}
			/>
			<div role="group" aria-label={GROUPS[method]}>
				<MethodForm
					ref={keepForm}
					settings={props.settings}
					method={method}
					amount={props.amount}
					currency={props.currency}
					isLocked={isLocked}
					onReady={props.onReady}
					onSubmit={props.onSubmit}
				/>
			</div>
		</div>
	)
}
