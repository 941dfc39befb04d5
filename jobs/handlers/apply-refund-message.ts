import { applyGatewayRefund } from '#app/commands/refunds/apply-gateway-refund.server.ts'
import type { Mirrored } from '#app/commands/refunds/mirror-refund.server.ts'
import type { SettleRefundDeps } from '#app/commands/refunds/settle-refund.server.ts'
import type { Cause } from '#app/domain/payments/cause.ts'
import type { Gateway } from '#app/domain/gateways/ports.ts'

const WORDS: Record<Exclude<Mirrored['result'], 'later'>, string> = {
	mirrored: 'refund mirrored',
	known: 'refund known already',
	foreign: 'no payment of ours',
	attention: 'refund put before a person',
}

/** What a message about a refund does; the gateway is asked for the refund itself. Throws when it must come again. */
export async function applyToRefund(
	deps: SettleRefundDeps,
	gateway: Gateway,
	ref: string,
	cause: Cause,
): Promise<string> {
	const refund = await gateway.payments.findRefund(ref)
	if (!refund) return 'not known to the gateway'
	const result = await applyGatewayRefund(deps, { provider: gateway.name, refund, cause })
	if (result === 'settled') return `refund ${refund.outcome.kind}`
	if (result === 'later') throw new Error(`${ref}: something of its payment is still under way`)
	return WORDS[result]
}
