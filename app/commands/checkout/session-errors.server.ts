import { DomainError } from '../../domain/errors/domain-error.ts'

export const sessionNotFound = (): DomainError =>
	new DomainError('not_found', 'checkout_session_not_found', 'There is no such order.', {
		param: 'sessionId',
	})

export const sessionExpired = (): DomainError =>
	new DomainError('conflict', 'checkout_session_expired', 'This order has expired. Nothing was charged.')

/** Of a merchant that was suspended. */
export const takesNoPayments = (): DomainError =>
	new DomainError(
		'forbidden',
		'shop_closed',
		'This shop takes no payments at present. You have not been charged.',
	)
