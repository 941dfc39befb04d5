import {
	data,
	redirectDocument,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentShop } from '#app/presenters/shop.server.ts'
import { ShopPage } from '#app/ui/shop/shop-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Shop · Tillhouse' }]

/** A shop of samples is for demos; production serves it when it is told to. */
function requireShop({ services }: LoaderFunctionArgs['context']): void {
	if (!services.env.hasShop) throw new Response(null, { status: 404 })
}

export function loader({ context }: LoaderFunctionArgs) {
	requireShop(context)
	return { products: presentShop() }
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireShop(context)
	try {
		requireSameOrigin(request)
		const form = await request.formData()
		const item = { productId: String(form.get('productId')), quantity: Number(form.get('quantity')) }
		const { sessionId } = await openCheckoutSession(context.services.acrossMerchants, { items: [item] })
		// The policy of the checkout's page is its own: it comes with its document.
		return redirectDocument(`/checkout/${sessionId}`)
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data({ error: error.message }, { status: error.kind === 'forbidden' ? 403 : 400 })
	}
}

export default function Shop() {
	const { products } = useLoaderData<typeof loader>()
	const error = useActionData<typeof action>()?.error ?? null
	return <ShopPage products={products} error={error} />
}
