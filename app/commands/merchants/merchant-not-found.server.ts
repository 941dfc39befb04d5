import { DomainError } from '../../domain/errors/domain-error.ts'

export const merchantNotFound = (merchantId: string): DomainError =>
	new DomainError('not_found', 'merchant_not_found', `There is no business ${merchantId}.`)
