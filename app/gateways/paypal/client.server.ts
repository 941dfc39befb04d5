import {
	Client,
	OrdersController,
	PaymentsController,
	TransactionSearchController,
} from '@paypal/paypal-server-sdk'
import { withAccessToken, type Credentials } from './access-token.server.ts'
import { createTransport, type Transport, type TransportSettings } from './transport.server.ts'

export type PayPalClient = {
	readonly orders: OrdersController
	readonly payments: PaymentsController
	readonly transactions: TransactionSearchController
	/** For what the SDK has no words for. */
	readonly send: Transport
}

/** What the SDK's HTTP client asks of whatever sends its requests. */
type SdkCall = { url: string; method: string; headers: { toJSON(): object }; data?: string }

const textHeaders = (headers: object): Record<string, string> =>
	Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
	)

/** The SDK knows two fixed addresses and keeps a token until it expires; our transport knows better on both. */
const adapterOf = (send: Transport) => async (call: SdkCall) => {
	const { pathname, search } = new URL(call.url)
	const answer = await send({
		method: call.method.toUpperCase(),
		path: pathname + search,
		headers: textHeaders(call.headers.toJSON()),
		body: call.data,
	})
	return {
		data: answer.body,
		status: answer.status,
		statusText: '',
		headers: answer.headers,
		config: call,
		request: null,
	}
}

const SIGNED_BY_THE_TRANSPORT = { accessToken: '-', tokenType: 'Bearer' }

/** The SDK never repeats a call by itself: what an unanswered call means is decided in one place, by us. */
export function createPayPalClient(settings: TransportSettings & Credentials): PayPalClient {
	const send = withAccessToken(createTransport(settings), settings)
	const sdk = new Client({
		clientCredentialsAuthCredentials: {
			oAuthClientId: settings.clientId,
			oAuthClientSecret: settings.clientSecret,
			oAuthToken: SIGNED_BY_THE_TRANSPORT,
		},
		httpClientOptions: { retryConfig: { maxNumberOfRetries: 0 } },
		unstable_httpClientOptions: { adapter: adapterOf(send) },
	})
	return {
		orders: new OrdersController(sdk),
		payments: new PaymentsController(sdk),
		transactions: new TransactionSearchController(sdk),
		send,
	}
}
