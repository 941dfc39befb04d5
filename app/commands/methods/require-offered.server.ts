import type { Executor } from '#db/client.ts'
import { listMethodSettings } from '#db/queries/method-settings.ts'
import { DomainError, isDomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { namedMethod, type MethodType } from '../../domain/methods/method-terms.ts'
import type { OfferQuery } from '../../domain/methods/offer-methods.ts'
import { requireMethod } from '../../domain/methods/require-method.ts'

type Input = {
	merchantId: string
	query: OfferQuery
	method: string
	/** When the caller knows it; otherwise as far as the method's text tells. */
	type?: MethodType | null
}

/** Refuses whatever would have to be paid in a world that no company serves. */
export function requireConnected({
	gateways,
	livemode,
}: {
	gateways: Pick<Gateways, 'connected'>
	livemode: boolean
}): void {
	if (gateways.connected.length > 0) return
	const mode = livemode ? 'Live mode' : 'Test mode'
	const message = `${mode} has no payment company connected, so nothing can be paid here. No payment was made.`
	throw new DomainError('conflict', 'no_gateway_connected', message)
}

/**
 * Refuses a method that is not offered for this payment, and returns its type as far as its text tells. A gateway's
 * own id tells nothing yet: then the merchant's settings are judged once the gateway has described it, in screening.
 */
export async function requireOffered(
	db: Executor,
	{ gateways, livemode }: { gateways: Gateways; livemode: boolean },
	{ merchantId, query, method, type = namedMethod(method) }: Input,
): Promise<MethodType | null> {
	requireConnected({ gateways, livemode })
	const settings = type === null ? [] : await listMethodSettings(db, merchantId)
	const gateway = gateways.forMethod(method).name
	requireMethod(query, { type, gateway }, { gateways: gateways.all, settings })
	return type
}

/** The same in words for a shopper, who knows nothing of gateways and settings. */
export async function requireOfferedToShopper(
	...of: Parameters<typeof requireOffered>
): Promise<MethodType | null> {
	try {
		return await requireOffered(...of)
	} catch (error) {
		if (!isDomainError(error)) throw error
		const message = 'This order cannot be paid this way. Nothing was charged. Choose another way to pay.'
		throw new DomainError('invalid', error.code, message, { param: 'method' })
	}
}
