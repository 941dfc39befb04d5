import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { isRouteErrorResponse, useLoaderData, useRouteError } from '@remix-run/react'
import { findServicesOfOrder } from '#app/api/checkout-operation.server.ts'
import { presentReceipt } from '#app/presenters/receipt.server.ts'
import { ReceiptNotPaid } from '#app/ui/checkout/receipt-not-paid.tsx'
import { ReceiptPage } from '#app/ui/checkout/receipt-page.tsx'
import { SessionTrouble } from '#app/ui/checkout/session-message.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
	{ title: data ? `Receipt ${data.receipt.reference}` : 'Receipt' },
	{ name: 'robots', content: 'noindex' },
]

export async function loader({ params, context }: LoaderFunctionArgs) {
	const sessionId = params['sessionId'] ?? ''
	const order = await findServicesOfOrder(context.services, sessionId)
	const receipt = order && (await presentReceipt(order.services, { sessionId }))
	// Nothing was tried yet, or nobody knows the session: the checkout page says which.
	if (!receipt) return redirect(`/checkout/${sessionId}`)
	return { receipt, sessionId }
}

export default function Receipt() {
	const { receipt, sessionId } = useLoaderData<typeof loader>()
	return receipt.status === 'succeeded' ? (
		<ReceiptPage receipt={receipt} />
	) : (
		<ReceiptNotPaid receipt={receipt} sessionId={sessionId} />
	)
}

export function ErrorBoundary() {
	const error = useRouteError()
	return <SessionTrouble isUnknown={isRouteErrorResponse(error) && error.status === 404} />
}
