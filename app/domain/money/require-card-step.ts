import { DomainError } from '../errors/domain-error.ts'
import { cardStepOf } from './currency.ts'
import type { Money } from './money.ts'

/** Refuses an amount that no card can move, naming the field it came in. */
export function requireCardStep({ minor, currency }: Money, param: string): void {
	if (minor % cardStepOf(currency) === 0n) return
	throw new DomainError(
		'invalid',
		'parameter_invalid',
		`${param}: cannot be moved by card: card networks take no third decimal, so the last digit must be 0`,
		{ param },
	)
}
