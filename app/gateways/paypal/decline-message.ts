import { readDecline } from '../../domain/declines/read-decline.ts'
import { PAYPAL_DECLINES } from './decline-codes.ts'

const DEFAULT = 'PayPal refused this payment. Nothing was charged. Pay another way.'

/** What a shopper reads, before anything a merchant has changed; `otherwise` for a code nobody has listed. */
export const declineMessage = (code: string, declineCode: string | null, otherwise = DEFAULT): string =>
	readDecline(PAYPAL_DECLINES, [], { code, declineCode, message: otherwise }).words
