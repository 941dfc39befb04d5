import type { DeclineEntry } from '../declines/read-decline.ts'
import type { DisputeGateway } from '../disputes/ports.ts'
import type { MethodTerms } from '../methods/method-terms.ts'
import type { PaymentGateway } from '../payments/ports.ts'
import type { GatewayBooks } from '../reconciliation/ports.ts'

/** `test` moves no real money at the company itself; `sandbox` is our own stand-in; without keys nothing is asked. */
export type GatewayState = 'live' | 'test' | 'sandbox' | 'missing_key'

/** What a gateway's message is about. It is only a hint: the gateway is asked for the object itself. */
export type MessageSubject =
	| { kind: 'payment'; ref: string; attemptId: string | null }
	| { kind: 'refund'; ref: string }
	| { kind: 'dispute'; ref: string }
	| { kind: 'other' }

/** A message as it came in, before anything parsed it. */
export type ReceivedMessage = {
	readonly rawBody: string
	header(name: string): string | null
	readonly now: Date
}

export type MessageVerdict =
	/** `payload`: only what says where to look; nothing of the payer. */
	| { kind: 'genuine'; id: string; type: string; payload: unknown }
	| { kind: 'refused'; code: 'signature_invalid' | 'event_not_ours'; message: string; param?: string }
	/** Nothing to check it against is configured. */
	| { kind: 'off'; message: string }

export type GatewayMessages = {
	/** Opens no connection for a message that can be refused without one. */
	verify(message: ReceivedMessage): Promise<MessageVerdict>
	subjectOf(payload: unknown): MessageSubject
}

/** Everything the house knows of a company that moves money. One folder under app/gateways builds one of these. */
export type Gateway = {
	/** As attempts, refunds, disputes and ledger accounts carry it. */
	readonly name: string
	/** As people call it. */
	readonly title: string
	readonly state: GatewayState
	readonly methods: readonly MethodTerms[]
	/** Whether a method's text is this gateway's: the shape of its ids, tokens and bare names. */
	ownsMethod(method: string): boolean
	/** What each of its refusals means; a code that is not listed ends the try. */
	readonly declines: readonly DeclineEntry[]
	readonly payments: PaymentGateway
	readonly disputes: DisputeGateway
	readonly books: GatewayBooks
	readonly messages: GatewayMessages
}

/** The gateways of this installation, in the order in which they are preferred. */
export type Gateways = {
	readonly all: readonly Gateway[]
	/** Those with keys. */
	readonly connected: readonly Gateway[]
	/** Throws for a name nobody has: rows name only gateways that were there. */
	of(name: string): Gateway
	find(name: string): Gateway | undefined
	/** Whose method this is; the first gateway's while none is named, or when no other claims it. */
	forMethod(method: string | null): Gateway
}
