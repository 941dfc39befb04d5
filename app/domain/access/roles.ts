import { ALL_PERMISSIONS, type Permission } from './permissions.ts'

const READ = ['payments.read', 'reconciliation.read', 'settings.read', 'team.read'] as const

/** The roles every merchant has. Only owners make owners; a merchant's own roles are kept in the database. */
export const ROLES = {
	owner: { name: 'Owner', may: ALL_PERMISSIONS },
	admin: { name: 'Admin', may: ALL_PERMISSIONS },
	operator: {
		name: 'Operator',
		may: [
			...READ,
			'payments.create',
			'payments.operate',
			'reviews.decide',
			'refunds.create',
			'disputes.answer',
			'attention.settle',
			'reconciliation.manage',
			'exports.create',
			'queues.read',
		],
	},
	analyst: { name: 'Analyst', may: READ },
	developer: { name: 'Developer', may: [...READ, 'keys.manage', 'webhooks.manage', 'queues.read'] },
	support: { name: 'Support', may: ['payments.read', 'team.read'] },
} as const satisfies Record<string, { name: string; may: readonly Permission[] }>

export type Role = keyof typeof ROLES

export const isRole = (name: string): name is Role => Object.hasOwn(ROLES, name)
