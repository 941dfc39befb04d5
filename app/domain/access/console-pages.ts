import type { Permission } from './permissions.ts'

type Page = {
	/** To see it. */
	read: Permission
	/** To send its forms, by what they ask for. */
	act?: Record<string, Permission>
}

/** What each page of the console asks of the person before it. */
export const CONSOLE_PAGES = {
	'/console': { read: 'payments.read' },
	'/console/stream': { read: 'payments.read' },
	'/console/payments': { read: 'payments.read' },
	'/console/payments/:paymentId': {
		read: 'payments.read',
		act: {
			refund: 'refunds.create',
			capture: 'payments.operate',
			cancel: 'payments.operate',
			approve: 'reviews.decide',
			reject: 'reviews.decide',
		},
	},
	'/console/refunds': {
		read: 'payments.read',
		act: { approve: 'refunds.approve', reject: 'refunds.approve', withdraw: 'refunds.create' },
	},
	'/console/refunds/bulk': { read: 'refunds.create', act: { refund: 'refunds.create' } },
	'/console/disputes': { read: 'payments.read' },
	'/console/disputes/:disputeId': {
		read: 'payments.read',
		act: { save: 'disputes.answer', submit: 'disputes.answer', accept: 'disputes.answer' },
	},
	'/console/attention': {
		read: 'payments.read',
		act: { settle: 'attention.settle', retry: 'attention.settle' },
	},
	'/console/attention/count': { read: 'payments.read' },
	'/console/reconciliation': {
		read: 'reconciliation.read',
		act: {
			run: 'reconciliation.manage',
			settle: 'reconciliation.manage',
			check: 'reconciliation.manage',
			upload: 'reconciliation.manage',
		},
	},
	'/console/privacy': { read: 'privacy.manage', act: { find: 'privacy.manage' } },
	'/console/privacy/:payerId': { read: 'privacy.manage', act: { erase: 'privacy.manage' } },
	'/console/privacy/:payerId/export': { read: 'privacy.manage', act: { export: 'privacy.manage' } },
	'/console/audit': { read: 'audit.read' },
	'/console/audit/download': { read: 'audit.read', act: { download: 'exports.create' } },
	'/console/queues': {
		read: 'queues.read',
		act: { pause: 'queues.manage', resume: 'queues.manage', run: 'queues.manage' },
	},
	'/console/queues/:queue': {
		read: 'queues.read',
		act: { pause: 'queues.manage', resume: 'queues.manage', redrive: 'queues.manage' },
	},
	'/console/queues/:queue/jobs/:jobId': {
		read: 'queues.read',
		act: { retry: 'queues.manage', edit: 'queues.manage', cancel: 'queues.manage' },
	},
	'/console/routing': {
		read: 'settings.read',
		act: {
			save: 'routing.manage',
			switch_on: 'routing.manage',
			restore: 'routing.manage',
			discard: 'routing.manage',
			decline: 'routing.manage',
			decline_reset: 'routing.manage',
		},
	},
	'/console/routing/gateways': { read: 'settings.read' },
	'/console/routing/simulate': { read: 'settings.read', act: { simulate: 'settings.read' } },
	'/console/settings/api-keys': {
		read: 'keys.manage',
		act: { create: 'keys.manage', roll: 'keys.manage', revoke: 'keys.manage' },
	},
	'/console/settings/refunds': { read: 'settings.read', act: { set: 'settings.manage' } },
	'/console/settings/currencies': { read: 'settings.read', act: { set: 'settings.manage' } },
	'/console/settings/team': {
		read: 'team.read',
		act: {
			invite: 'team.manage',
			resend: 'team.manage',
			revoke: 'team.manage',
			set_role: 'team.manage',
			remove: 'team.manage',
			// Everybody may go.
			leave: 'team.read',
			create_role: 'team.manage',
			change_role: 'team.manage',
			delete_role: 'team.manage',
			reset_factors: 'team.manage',
			require_factor: 'team.manage',
		},
	},
	'/console/settings/payment-methods': { read: 'settings.read', act: { set: 'settings.manage' } },
} as const satisfies Record<string, Page>

export type ConsolePage = keyof typeof CONSOLE_PAGES
