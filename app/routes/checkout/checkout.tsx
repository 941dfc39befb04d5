import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { isRouteErrorResponse, useLoaderData, useRouteError } from '@remix-run/react'
import { findServicesOfOrder } from '#app/api/checkout-operation.server.ts'
import { payerAddress } from '#app/http/payer-address.server.ts'
import { presentCheckout } from '#app/presenters/checkout.server.ts'
import { CheckoutPage } from '#app/ui/checkout/checkout-page.tsx'
import { SessionTrouble } from '#app/ui/checkout/session-message.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
	{ title: data ? `Pay ${data.session.merchantName}` : 'Checkout' },
	{ name: 'robots', content: 'noindex' },
]

export async function loader({ params, context }: LoaderFunctionArgs) {
	const sessionId = params['sessionId'] ?? ''
	const payerIp = payerAddress(context.clientIp)
	const country = payerIp === null ? null : context.services.countryOf(payerIp)
	const order = await findServicesOfOrder(context.services, sessionId)
	const view = order && (await presentCheckout(order.services, { sessionId, country }))
	if (!view) throw new Response(null, { status: 404 })
	if (view.payment?.status === 'succeeded') return redirect(`/checkout/${sessionId}/receipt`)
	return view
}

export default function Checkout() {
	const view = useLoaderData<typeof loader>()
	// A client-side way from one session to another must not carry the state of the first along.
	return <CheckoutPage key={view.session.id} view={view} />
}

export function ErrorBoundary() {
	const error = useRouteError()
	return <SessionTrouble isUnknown={isRouteErrorResponse(error) && error.status === 404} />
}
