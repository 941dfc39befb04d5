import { randomUUID } from 'node:crypto'
import { newId } from '#app/domain/ids/new-id.ts'
import type { GuardedOperation, PersonOperation, PublicOperation } from '#app/domain/access/operations.ts'
import type { House } from '#tests/support/house.ts'
import { disputedPayment } from '../../integration/disputes/cases.ts'
import { chargedPayment, paymentOf } from '../../integration/payments/by-hand.ts'

/** Things of the demo's merchant that strangers know the ids of. */
export type Ours = { payment: string; refund: string; dispute: string; item: string; payer: string }

export async function makeOurs(house: House): Promise<Ours> {
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
	const payment = await chargedPayment(house, { receipt_email: 'payer@example.com' })
	const row = await paymentOf(house, payment)
	const refund = await house.call('POST', `/api/v1/payments/${payment}/refund`, { amount: 100 })
	const item = newId('atn')
	await house.services.db
		.insertInto('attention_items')
		.values({
			id: item,
			merchant_id: house.demo.merchantId,
			kind: 'outcome_unknown',
			subject_id: paymentId,
			detail: 'planted',
		})
		.execute()
	return { payment, refund: String(refund.body['id']), dispute: dispute.id, item, payer: row.payer_id ?? '' }
}

/** A whole request, and what somebody of another merchant is told who sends it with our ids. */
type Sample = {
	path: string
	body?: object
	stranger: 'finds nothing' | 'sees their own' | 'does it for themselves' | 'is refused'
}

const list = (path: string): Sample => ({ path, stranger: 'sees their own' })
const about = (path: string, body?: object): Sample => ({
	path,
	...(body && { body }),
	stranger: 'finds nothing',
})
const theirs = (path: string, body: object): Sample => ({ path, body, stranger: 'does it for themselves' })

/** What no key may do, be it one's own: people decide who works here and with what keys, and keys have no profile. */
const byPeople = (path: string, body?: object): Sample => ({ ...about(path, body), stranger: 'is refused' })

/** The queues belong to the installation: to whoever runs it. */
const byTheHouse = byPeople

/** What is asked of nobody in particular: sent without what it needs, so that it does nothing. */
export const publicSamples: Record<PublicOperation, { path: string; body?: object }> = {
	'GET /health': { path: '/health' },
	'GET /integrity': { path: '/integrity' },
	'POST /webhooks/:gateway': { path: '/webhooks/stripe', body: {} },
	'POST /auth/signup': { path: '/auth/signup', body: {} },
	'GET /auth/verify-email': { path: '/auth/verify-email' },
	'POST /auth/verify-email': { path: '/auth/verify-email', body: {} },
	'POST /auth/resend-verification': { path: '/auth/resend-verification', body: {} },
	'POST /auth/forgot-password': { path: '/auth/forgot-password', body: {} },
	'POST /auth/reset-password': { path: '/auth/reset-password', body: {} },
	'POST /auth/login': { path: '/auth/login', body: {} },
	'POST /auth/refresh': { path: '/auth/refresh', body: {} },
	'POST /auth/logout': { path: '/auth/logout', body: {} },
}

/** One request for every operation of the permission table: an operation that has none does not compile. */
export const apiSamples = ({
	payment,
	refund,
	dispute,
	item,
	payer,
}: Ours): Record<GuardedOperation | PersonOperation, Sample> => ({
	'POST /auth/logout-everywhere': byPeople('/auth/logout-everywhere', {}),
	'GET /users/me': byPeople('/users/me'),
	'PATCH /users/me': byPeople('/users/me', { name: 'Theirs' }),
	'PATCH /users/me/preferences': byPeople('/users/me/preferences', { theme: 'dark' }),
	'GET /api-keys': byPeople('/api-keys'),
	'POST /api-keys': byPeople('/api-keys', { kind: 'publishable', name: 'Theirs' }),
	'PATCH /api-keys/:id': byPeople('/api-keys/key_1', { name: 'Theirs' }),
	'DELETE /api-keys/:id': byPeople('/api-keys/key_1', {}),
	'POST /api-keys/:id/roll': byPeople('/api-keys/key_1/roll', {}),
	'GET /payments': list('/payments?limit=100'),
	'POST /payments': theirs('/payments', { amount: 500, currency: 'eur' }),
	'GET /payments/:id': about(`/payments/${payment}`),
	'POST /payments/:id/confirm': about(`/payments/${payment}/confirm`, {}),
	'POST /payments/:id/capture': about(`/payments/${payment}/capture`, {}),
	'POST /payments/:id/cancel': about(`/payments/${payment}/cancel`, {}),
	'POST /payments/:id/approve': about(`/payments/${payment}/approve`, {}),
	'POST /payments/:id/reject': about(`/payments/${payment}/reject`, {}),
	'POST /payments/:id/refund': about(`/payments/${payment}/refund`, { amount: 1 }),
	'GET /refunds': list('/refunds?limit=100'),
	'POST /refunds/bulk': theirs('/refunds/bulk', { refunds: [{ payment }] }),
	'GET /refunds/:id': about(`/refunds/${refund}`),
	'POST /refunds/:id/cancel': about(`/refunds/${refund}/cancel`, {}),
	'GET /disputes': list('/disputes?limit=100'),
	'GET /disputes/:id': about(`/disputes/${dispute}`),
	'POST /disputes/:id/evidence': about(`/disputes/${dispute}/evidence`, { evidence: {}, submit: false }),
	'POST /disputes/:id/accept': about(`/disputes/${dispute}/accept`, {}),
	'GET /payment-methods': list('/payment-methods?amount=500&currency=eur'),
	'GET /fx/rates': list('/fx/rates'),
	'POST /fx/quotes': theirs('/fx/quotes', { amount: 500, from: 'eur', to: 'usd' }),
	'GET /events': list('/events?limit=100'),
	'GET /stream': list('/stream'),
	'GET /reconciliation': list('/reconciliation'),
	'POST /reconciliation': theirs('/reconciliation', { gateway: 'stripe' }),
	'GET /reconciliation/differences': list('/reconciliation/differences'),
	'GET /routing/rules': list('/routing/rules'),
	'PUT /routing/rules': theirs('/routing/rules', { rules: [] }),
	'POST /routing/simulate': theirs('/routing/simulate', { rules: [] }),
	'GET /gateways': list('/gateways'),
	'GET /attention': list('/attention?limit=100'),
	'POST /attention/:id/settle': about(`/attention/${item}/settle`, { outcome: 'by_hand', note: 'Not mine.' }),
	'POST /attention/:id/retry': about(`/attention/${item}/retry`, {}),
	'GET /team/members': list('/team/members'),
	'PATCH /team/members/:id': byPeople(`/team/members/${item}`, { role: 'support' }),
	'DELETE /team/members/:id': byPeople(`/team/members/${item}`),
	'GET /team/invitations': list('/team/invitations'),
	'POST /team/invitations': byPeople('/team/invitations', { email: 'a@shop.test', role: 'support' }),
	'DELETE /team/invitations/:id': byPeople(`/team/invitations/${item}`),
	'GET /team/roles': list('/team/roles'),
	'POST /team/roles': byPeople('/team/roles', { name: 'Own', permissions: ['payments.read'] }),
	'PATCH /team/roles/:id': byPeople(`/team/roles/${item}`, { name: 'Own' }),
	'DELETE /team/roles/:id': byPeople(`/team/roles/${item}`),
	'POST /privacy/find': about('/privacy/find', { payment }),
	'GET /privacy/payers/:id': about(`/privacy/payers/${payer}`),
	'POST /privacy/payers/:id/export': about(`/privacy/payers/${payer}/export`, {}),
	'POST /privacy/payers/:id/erase': about(`/privacy/payers/${payer}/erase`, {
		confirm: payer,
		reason: 'Asked.',
	}),
	'GET /privacy/requests': list('/privacy/requests?limit=100'),
	'GET /queue/stats': byTheHouse('/queue/stats'),
	'GET /queue/status': byTheHouse('/queue/status'),
	'POST /queue/jobs/:id/retry': byTheHouse(`/queue/jobs/${randomUUID()}/retry`, {}),
	'GET /audit': list('/audit?limit=100'),
	'GET /transactions/:id/audit-logs': about(`/transactions/${payment}/audit-logs`),
})
