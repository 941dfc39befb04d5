/** What somebody can be allowed to do, in the words the team page shows. Every operation asks for exactly one of them. */
export const PERMISSIONS = {
	'payments.read': 'See payments, refunds, disputes and what happened to them',
	'payments.create': 'Take payments',
	'payments.operate': 'Capture and cancel payments',
	'reviews.decide': 'Approve or reject payments held for review',
	'refunds.create': 'Give money back',
	'refunds.approve': 'Approve refunds that need a second person',
	'disputes.answer': 'Answer or accept disputes',
	'attention.settle': 'Settle what waits for a person',
	'reconciliation.read': 'See how the books compare with the gateways and the bank',
	'reconciliation.manage': 'Import bank statements and start a comparison',
	'settings.read': 'See how the account is set up',
	'settings.manage': 'Change payment methods, currencies and refund limits',
	'routing.manage': 'Change which gateway takes a payment',
	'team.read': 'See who is on the team',
	'team.manage': 'Invite people, change what they may do, and remove them',
	'keys.manage': 'Make, roll and revoke API keys',
	'webhooks.manage': 'Set where events are sent',
	'audit.read': 'Read who changed what',
	'queues.read': 'See how the background work of this installation stands',
	'queues.manage': 'Retry, change, cancel and stop background work',
	'exports.create': 'Download lists',
	'privacy.manage': 'Hand out and erase personal data',
} as const

export type Permission = keyof typeof PERMISSIONS

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[]

export const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name)

/**
 * About the whole installation, which one business runs and others may use: whatever the role, only the team of that
 * business has them.
 */
export const OF_THE_HOUSE: ReadonlySet<Permission> = new Set<Permission>(['queues.read', 'queues.manage'])

/** What changes nothing: it is left to a business that was suspended. */
export const READS: ReadonlySet<Permission> = new Set<Permission>([
	'payments.read',
	'reconciliation.read',
	'settings.read',
	'team.read',
	'audit.read',
	'exports.create',
	'queues.read',
])

/** Of these, a second factor is asked before a role that holds one can be used. */
export const MOVES_MONEY: ReadonlySet<Permission> = new Set<Permission>([
	'payments.operate',
	'reviews.decide',
	'refunds.create',
	'refunds.approve',
	'disputes.answer',
	'exports.create',
])
