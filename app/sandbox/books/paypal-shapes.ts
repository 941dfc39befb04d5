/** Amounts in the books are whole minor units; the API writes them as decimal strings. */
export interface PayPalAmount {
	currency: string
	minor: number
}

/** What the payer's account will do, as chosen on the approval page or by the card's number. */
export type PayerCourse = 'succeeds' | 'declined' | 'dispute' | 'inquiry' | 'pending' | 'pending_fails'

export interface PayPalWallet {
	kind: 'paypal'
	brandName: string | null
	returnUrl: string | null
	cancelUrl: string | null
}

export interface PayPalCardSource {
	kind: 'card'
	/** The card behind the token, by its row in the books. */
	card: string
	returnUrl: string | null
	cancelUrl: string | null
	authenticated: boolean | null
	/** Keep the card for later once it was charged. */
	vault: boolean
	vaultId: string | null
}

export type PayPalSource = PayPalWallet | PayPalCardSource

export interface PayPalOrder {
	id: string
	created: number
	updated: number
	intent: 'CAPTURE' | 'AUTHORIZE'
	status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED'
	amount: PayPalAmount
	reference: string
	custom: string | null
	invoice: string | null
	description: string | null
	source: PayPalSource | null
	course: PayerCourse
}

export interface PayPalCapture {
	id: string
	created: number
	updated: number
	order: string
	authorization: string | null
	status: 'COMPLETED' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED'
	amount: PayPalAmount
	/** In minor units, as everything below. */
	fee: number
	refunded: number
	/** Taken back by a dispute that was lost. */
	reversed: boolean
	final: boolean
	custom: string | null
	invoice: string | null
	/** Only for cards: the code of the card's bank. */
	processorCode: string | null
}

export interface PayPalAuthorization {
	id: string
	created: number
	updated: number
	order: string
	status: 'CREATED' | 'CAPTURED' | 'DENIED' | 'PARTIALLY_CAPTURED' | 'VOIDED'
	amount: PayPalAmount
	captured: number
	expires: number
	custom: string | null
	invoice: string | null
	processorCode: string | null
}

export interface PayPalRefund {
	id: string
	created: number
	updated: number
	capture: string
	status: 'COMPLETED' | 'FAILED' | 'PENDING'
	amount: PayPalAmount
	/** Of the capture, this refund included. */
	totalRefunded: number
	custom: string | null
	invoice: string | null
	note: string | null
}

export interface PayPalDispute {
	id: string
	created: number
	updated: number
	capture: string
	amount: PayPalAmount
	reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED' | 'UNAUTHORISED'
	stage: 'INQUIRY' | 'CHARGEBACK'
	status: 'OPEN' | 'WAITING_FOR_SELLER_RESPONSE' | 'UNDER_REVIEW' | 'RESOLVED'
	outcome: 'RESOLVED_BUYER_FAVOUR' | 'RESOLVED_SELLER_FAVOUR' | 'CANCELED_BY_BUYER' | null
	answerBy: number
	/** As given, and at which stage: each stage is decided by its own. */
	evidences: { stage: PayPalDispute['stage']; date: string; given: object }[]
}

/** One line of the gateway's own account, as Transaction Search lists it. */
export interface PayPalTransaction {
	id: string
	created: number
	code: string
	/** Signed: money leaving the balance is negative. */
	amount: PayPalAmount
	/** Signed as well: what PayPal keeps is negative. */
	fee: number
	reference: string | null
	custom: string | null
	invoice: string | null
	subject: string | null
}

/** A card typed into the sandbox, by its token. The number is never sent anywhere. */
export interface PayPalCard {
	id: string
	number: string
	/** `YYYY-MM` */
	expiry: string
	/** Spent by the first order that names it. Otherwise a card kept in the vault, or a test token. */
	singleUse: boolean
	spentBy: string | null
}

export interface PayPalEvent {
	id: string
	created: number
	type: string
	pending_webhooks: number
	/** The same on every attempt: PayPal does not promise to renew them. */
	transmission: { id: string; time: string }
	body: object
}

export interface RepeatedRequest {
	id: string
	at: number
	print: string
	/** What the first request made or changed. */
	subject: { kind: 'order' | 'capture' | 'authorization' | 'refund'; id: string }
}
