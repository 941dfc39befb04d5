import type { WorldServices } from '#app/compose.server.ts'
import type { Gateway } from '#app/domain/gateways/ports.ts'
import { gatewaysOf } from '#app/gateways/gateways.server.ts'

/** The same services, of which one gateway behaves otherwise. */
export function replaceGateway(
	services: WorldServices,
	change: (gateway: Gateway) => Partial<Gateway>,
	name = 'stripe',
): WorldServices {
	const [first, ...others] = services.gateways.all.map((gateway) =>
		gateway.name === name ? { ...gateway, ...change(gateway) } : gateway,
	)
	if (!first) throw new Error('there is no gateway')
	return { ...services, gateways: gatewaysOf([first, ...others]) }
}
