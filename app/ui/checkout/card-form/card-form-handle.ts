import type { CardForm } from '../../../contracts/checkout.ts'

export type Billing = { readonly email?: string; readonly name?: string }

export type CardToken =
	{ readonly ok: true; readonly confirmationToken: string } | { readonly ok: false; readonly message: string }

/** What the page may ask of any card form. Card numbers stay inside it: only a token comes out. */
export type CardFormHandle = {
	createToken: (billing: Billing) => Promise<CardToken>
	focus: () => void
}

/** Both back ends take the same; `K` picks the settings of one. */
export type CardFormProps<K extends CardForm['kind'] = CardForm['kind']> = {
	settings: Extract<CardForm, { kind: K }>
	amount: number
	currency: string
	onReady: () => void
	onChange: (complete: boolean) => void
	/** The form cannot be shown: the page offers to load it again. */
	onFailure: () => void
	/** Enter was pressed inside the form. */
	onSubmit: () => void
}

/** Pixels kept free for a form and one line of complaint, so that nothing below it moves. */
export const CARD_FORM_HEIGHT = { sandbox: 220, stripe: 232 } as const
