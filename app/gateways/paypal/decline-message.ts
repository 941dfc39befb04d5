import { readDecline } from '../../domain/declines/read-decline.ts'
import { PAYPAL_DECLINES } from './decline-codes.ts'

const KNOWN: ReadonlySet<string> = new Set(PAYPAL_DECLINES.map(({ code }) => code))
const DEFAULT = 'PayPal refused this payment. Nothing was charged. Pay another way.'

export const isKnownDecline = (code: string): boolean => KNOWN.has(code)

/** What a shopper reads, before anything a merchant has changed. The processor's code wins over the issue. */
export const declineMessage = (code: string, declineCode: string | null): string =>
	readDecline(PAYPAL_DECLINES, [], { code, declineCode, message: DEFAULT }).words
