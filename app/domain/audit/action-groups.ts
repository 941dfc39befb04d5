/** What the console sorts actions into: by the word before their dot. What stands in none is about access. */
export const ACTION_GROUPS = {
	money: {
		label: 'Money',
		areas: ['payment', 'refund', 'dispute', 'payout', 'bank_statement', 'reconciliation', 'attention'],
	},
	settings: {
		label: 'Settings',
		areas: ['refund_limit', 'currencies', 'payment_method', 'routing_rules', 'decline_override', 'merchant'],
	},
	data: { label: 'Personal data', areas: ['payer', 'audit_record'] },
	access: { label: 'Access', areas: null },
} as const

export type ActionGroup = keyof typeof ACTION_GROUPS

export const ACTION_GROUP_NAMES = Object.keys(ACTION_GROUPS) as readonly ActionGroup[]

/** The areas of all groups that name theirs. */
export const NAMED_AREAS: readonly string[] = Object.values(ACTION_GROUPS).flatMap(({ areas }) => areas ?? [])

/** `refund_limit.changed` as people read it: `Refund limit changed`. */
export function actionWords(action: string): string {
	const text = action.replaceAll(/[._]/g, ' ')
	return text.charAt(0).toUpperCase() + text.slice(1)
}
