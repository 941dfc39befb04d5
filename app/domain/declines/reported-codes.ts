/** What a bank says of a card it wants back. Whoever holds it may not be its owner: it is never charged again. */
export const REPORTED_CODES = ['lost_card', 'stolen_card', 'pick_up_card'] as const

export type ReportedCode = (typeof REPORTED_CODES)[number]
