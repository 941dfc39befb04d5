import type { Permission } from './permissions.ts'

/**
 * What each operation of the API asks of its caller. `public`: nobody has to say who they are; `person`: a log-in, and
 * no key, whatever the role.
 */
export const API_OPERATIONS = {
	'GET /health': 'public',
	'GET /integrity': 'public',
	'POST /webhooks/:gateway': 'public',
	'POST /auth/signup': 'public',
	'GET /auth/verify-email': 'public',
	'POST /auth/verify-email': 'public',
	'POST /auth/resend-verification': 'public',
	'POST /auth/forgot-password': 'public',
	'POST /auth/reset-password': 'public',
	'POST /auth/login': 'public',
	'POST /auth/refresh': 'public',
	'POST /auth/logout': 'public',
	'POST /auth/logout-everywhere': 'person',
	'GET /users/me': 'person',
	'PATCH /users/me': 'person',
	'PATCH /users/me/preferences': 'person',
	'GET /api-keys': 'keys.manage',
	'POST /api-keys': 'keys.manage',
	'PATCH /api-keys/:id': 'keys.manage',
	'DELETE /api-keys/:id': 'keys.manage',
	'POST /api-keys/:id/roll': 'keys.manage',
	'GET /payments': 'payments.read',
	'POST /payments': 'payments.create',
	'GET /payments/:id': 'payments.read',
	'POST /payments/:id/confirm': 'payments.create',
	'POST /payments/:id/capture': 'payments.operate',
	'POST /payments/:id/cancel': 'payments.operate',
	'POST /payments/:id/approve': 'reviews.decide',
	'POST /payments/:id/reject': 'reviews.decide',
	'POST /payments/:id/refund': 'refunds.create',
	'GET /refunds': 'payments.read',
	'POST /refunds/bulk': 'refunds.create',
	'GET /refunds/:id': 'payments.read',
	'POST /refunds/:id/cancel': 'refunds.create',
	'GET /disputes': 'payments.read',
	'GET /disputes/:id': 'payments.read',
	'POST /disputes/:id/evidence': 'disputes.answer',
	'POST /disputes/:id/accept': 'disputes.answer',
	'GET /payment-methods': 'payments.read',
	'GET /fx/rates': 'payments.read',
	'POST /fx/quotes': 'payments.create',
	'GET /events': 'payments.read',
	'GET /stream': 'payments.read',
	'GET /reconciliation': 'reconciliation.read',
	'POST /reconciliation': 'reconciliation.manage',
	'GET /reconciliation/differences': 'reconciliation.read',
	'GET /routing/rules': 'settings.read',
	'PUT /routing/rules': 'routing.manage',
	'POST /routing/simulate': 'settings.read',
	'GET /gateways': 'settings.read',
	'GET /team/members': 'team.read',
	'PATCH /team/members/:id': 'team.manage',
	'DELETE /team/members/:id': 'team.manage',
	'GET /team/invitations': 'team.read',
	'POST /team/invitations': 'team.manage',
	'DELETE /team/invitations/:id': 'team.manage',
	'GET /team/roles': 'team.read',
	'POST /team/roles': 'team.manage',
	'PATCH /team/roles/:id': 'team.manage',
	'DELETE /team/roles/:id': 'team.manage',
	'GET /attention': 'payments.read',
	'POST /attention/:id/settle': 'attention.settle',
	'POST /attention/:id/retry': 'attention.settle',
	'POST /privacy/find': 'privacy.manage',
	'GET /privacy/payers/:id': 'privacy.manage',
	'POST /privacy/payers/:id/export': 'privacy.manage',
	'POST /privacy/payers/:id/erase': 'privacy.manage',
	'GET /privacy/requests': 'privacy.manage',
	'GET /queue/stats': 'queues.read',
	'GET /queue/status': 'queues.read',
	'POST /queue/jobs/:id/retry': 'queues.manage',
	'GET /audit': 'audit.read',
	'GET /transactions/:id/audit-logs': 'audit.read',
} as const satisfies Record<string, Permission | 'public' | 'person'>

export type ApiOperation = keyof typeof API_OPERATIONS

type Asking<Asked> = {
	[Name in ApiOperation]: (typeof API_OPERATIONS)[Name] extends Asked ? Name : never
}[ApiOperation]

export type PublicOperation = Asking<'public'>
export type PersonOperation = Asking<'person'>
export type GuardedOperation = Asking<Permission>
