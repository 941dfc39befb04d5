export type PayPalStage = 'loading' | 'ready' | 'failed'

export type PayPalButtonProps = {
	clientId: string
	amount: number
	currency: string
	/** Whether the form is complete; marks what is missing. */
	isAllowed: () => boolean
	/** Begins the payment and resolves with the name of its order. */
	createOrder: () => Promise<string>
	onApprove: () => void
	onCancel: () => void
	onError: () => void
	onStage: (stage: PayPalStage) => void
}
