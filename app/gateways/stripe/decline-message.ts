import { readDecline } from '../../domain/declines/read-decline.ts'
import { STRIPE_DECLINES } from './decline-codes.ts'

const DEFAULT = 'The bank declined the card. Nothing was charged. Try another card.'

/** What a shopper reads, before anything a merchant has changed. */
export const declineMessage = (code: string, declineCode: string | null): string =>
	readDecline(STRIPE_DECLINES, [], { code, declineCode, message: DEFAULT }).words
