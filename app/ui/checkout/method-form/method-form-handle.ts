import type { FormSource } from '../../../contracts/checkout.ts'

export type Billing = { readonly email?: string; readonly name?: string }

/** Ways to pay whose details are typed into a form. */
export type FormMethod = 'card' | 'us_bank_account' | 'sepa_debit'

export type Alternates = Readonly<Record<string, string>>

export type FormToken =
	| { readonly ok: true; readonly confirmationToken: string; readonly alternates?: Alternates | undefined }
	| { readonly ok: false; readonly message: string }

/** What the page may ask of any form. Card and account numbers stay inside it: only a token comes out. */
export type MethodFormHandle = {
	createToken: (billing: Billing) => Promise<FormToken>
	focus: () => void
}

/** Both back ends take the same; `K` picks the settings of one. */
export type MethodFormProps<K extends FormSource['kind'] = FormSource['kind']> = {
	settings: Extract<FormSource, { kind: K }>
	method: FormMethod
	amount: number
	currency: string
	onReady: () => void
	/** The form cannot be shown: the page offers to load it again. */
	onFailure: () => void
	/** Enter was pressed inside the form. */
	onSubmit: () => void
}

/** Pixels kept free for a form and one line of complaint, so that nothing below it moves. */
export const FORM_HEIGHT: Record<FormMethod, Record<FormSource['kind'], number>> = {
	card: { sandbox: 220, stripe: 232 },
	us_bank_account: { sandbox: 220, stripe: 232 },
	sepa_debit: { sandbox: 130, stripe: 160 },
}
