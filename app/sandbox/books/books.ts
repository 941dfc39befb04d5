import { Collection, type Recorder, type Row } from './collection.ts'
import type { Entry } from './journal.ts'
import type { BalanceTransaction, Dispute, EarlyFraudWarning, Payout, Refund } from './money-shapes.ts'
import type { ConfirmationToken, Mandate, PaymentMethod } from './method-shapes.ts'
import type { Charge, PaymentIntent } from './payment-shapes.ts'
import type {
	PayPalAuthorization,
	PayPalCapture,
	PayPalCard,
	PayPalDispute,
	PayPalEvent,
	PayPalOrder,
	PayPalRefund,
	PayPalTransaction,
	RepeatedRequest,
} from './paypal-shapes.ts'
import type {
	Appointment,
	Dispatch,
	Event,
	KeptAnswer,
	VaultedCard,
	WebhookEndpoint,
} from './service-shapes.ts'

export type Books = ReturnType<typeof openBooks>

export function openBooks(record: Recorder) {
	return {
		intents: new Collection<PaymentIntent>('intents', record),
		methods: new Collection<PaymentMethod>('methods', record, 'customer'),
		mandates: new Collection<Mandate>('mandates', record, 'payment_method'),
		tokens: new Collection<ConfirmationToken>('tokens', record),
		charges: new Collection<Charge>('charges', record, 'payment_intent'),
		transactions: new Collection<BalanceTransaction>('transactions', record, 'source'),
		refunds: new Collection<Refund>('refunds', record, 'charge'),
		payouts: new Collection<Payout>('payouts', record),
		disputes: new Collection<Dispute>('disputes', record, 'charge'),
		warnings: new Collection<EarlyFraudWarning>('warnings', record, 'charge'),
		events: new Collection<Event>('events', record),
		endpoints: new Collection<WebhookEndpoint>('endpoints', record),
		dispatches: new Collection<Dispatch>('dispatches', record),
		answers: new Collection<KeptAnswer>('answers', record),
		appointments: new Collection<Appointment>('appointments', record),
		vault: new Collection<VaultedCard>('vault', record),
		paypalOrders: new Collection<PayPalOrder>('paypalOrders', record),
		paypalCaptures: new Collection<PayPalCapture>('paypalCaptures', record, 'order'),
		paypalAuthorizations: new Collection<PayPalAuthorization>('paypalAuthorizations', record, 'order'),
		paypalRefunds: new Collection<PayPalRefund>('paypalRefunds', record, 'capture'),
		paypalDisputes: new Collection<PayPalDispute>('paypalDisputes', record, 'capture'),
		paypalTransactions: new Collection<PayPalTransaction>('paypalTransactions', record, 'invoice'),
		paypalCards: new Collection<PayPalCard>('paypalCards', record),
		paypalEvents: new Collection<PayPalEvent>('paypalEvents', record),
		paypalRequests: new Collection<RepeatedRequest>('paypalRequests', record),
	}
}

/** Only the journal calls this, with rows these same collections recorded. */
export function restore(books: Books, entry: Entry): void {
	const collections: Record<string, Pick<Collection<Row>, 'load' | 'unload'>> = books as never
	if (entry.row) collections[entry.in]?.load(entry.row)
	else collections[entry.in]?.unload(entry.id)
}
