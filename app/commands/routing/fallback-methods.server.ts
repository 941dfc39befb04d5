import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'

const refuse = (param: string, message: string): DomainError =>
	new DomainError('invalid', 'parameter_invalid', `${param}: ${message}`, { param })

/** The same card as other gateways know it, by gateway; `param` names the field at fault. */
export function fallbackMethodsOf(
	gateways: Gateways,
	{ given, own, param }: { given: Readonly<Record<string, string>> | undefined; own: string; param: string },
): Record<string, string> {
	for (const name of Object.keys(given ?? {})) {
		if (!gateways.connected.some((gateway) => gateway.name === name)) {
			const known = gateways.connected.map((gateway) => gateway.name).join(', ')
			throw refuse(`${param}.${name}`, `there is no such gateway here; connected: ${known}`)
		}
		if (name === own) throw refuse(`${param}.${name}`, 'payment_method is this gateway’s already')
	}
	return { ...given }
}
