/** Windows over a card's past, in hours. */
export const PAYER_WINDOWS = [1, 24, 168, 720, 1_440] as const
export type PayerWindow = (typeof PAYER_WINDOWS)[number]

type PayerColumn = 'payments' | 'priced' | 'worth' | 'squares'

/** A sum over a window, this payment excluded; 0 when there is nothing in it. */
export const paidWithin = (hours: PayerWindow, column: PayerColumn): string =>
	`coalesce(sum(p.${column}) filter (where p.hours <= ${hours}), 0)`
