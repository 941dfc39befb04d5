import type { Difference, ReconciliationRun } from '#app/contracts/reconciliation.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import type { Tone } from '../kit/badge.tsx'
import { formatMoney } from '../kit/money.tsx'

export const CLASS_WORDS: Record<Difference['class'], { label: string; meaning: string; tone: Tone }> = {
	missing: { label: 'Missing', meaning: 'In our books, not in the gateway’s.', tone: 'bad' },
	extra: { label: 'Extra', meaning: 'In the gateway’s books, not in ours.', tone: 'bad' },
	amount: { label: 'Amount', meaning: 'Both have it, with different amounts.', tone: 'warn' },
	currency: { label: 'Currency', meaning: 'Both have it, in different currencies.', tone: 'warn' },
	status: { label: 'Status', meaning: 'Both have it, and disagree on what became of it.', tone: 'warn' },
	duplicate: { label: 'Duplicate', meaning: 'The gateway has it twice.', tone: 'bad' },
}

export const KIND_WORDS: Record<Difference['kind'], string> = {
	charge: 'charge',
	authorization: 'hold on a card',
	refund: 'refund',
	movement: 'account line',
	payout: 'payout',
}

export const OUTCOME_WORDS: Record<NonNullable<Difference['outcome']>, string> = {
	healed: 'Put right by itself',
	resolved: 'Settled by a person',
	gone: 'No longer there',
}

/** Money, also in the units of a currency we do not know. */
export const moneyText = (amount: number, currency: string): string =>
	isCurrency(currency) ? formatMoney(amount, currency) : `${amount} ${currency.toUpperCase()}`

/** `hourly`, a person or an API key, in words. */
export function requestedByText(requestedBy: ReconciliationRun['requested_by']): string {
	if (requestedBy === 'hourly') return 'Hourly'
	if (requestedBy.startsWith('console')) return 'Started here'
	return requestedBy.startsWith('api') ? 'Started by API' : requestedBy
}
