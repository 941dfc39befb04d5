import type { Permission } from './permissions.ts'

/** In the order in which a role is read; every permission is in exactly one. */
export const PERMISSION_GROUPS = [
	{
		title: 'Payments',
		permissions: ['payments.read', 'payments.create', 'payments.operate', 'reviews.decide'],
	},
	{ title: 'Money that goes back', permissions: ['refunds.create', 'refunds.approve', 'disputes.answer'] },
	{
		title: 'Keeping the books',
		permissions: ['attention.settle', 'reconciliation.read', 'reconciliation.manage', 'exports.create'],
	},
	{
		title: 'Settings',
		permissions: ['settings.read', 'settings.manage', 'routing.manage', 'keys.manage', 'webhooks.manage'],
	},
	{ title: 'This installation', permissions: ['queues.read', 'queues.manage'] },
	{ title: 'People and records', permissions: ['team.read', 'team.manage', 'audit.read', 'privacy.manage'] },
] as const satisfies readonly { title: string; permissions: readonly Permission[] }[]
