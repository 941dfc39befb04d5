import { randomUUID } from 'node:crypto'
import type { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { type ConsolePage } from '#app/domain/access/console-pages.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { EVIDENCE_FIELDS } from '#app/domain/disputes/evidence.ts'

type Form = Readonly<Record<string, string>>
type Acts<Page extends ConsolePage> = (typeof CONSOLE_PAGES)[Page] extends { act: infer Act }
	? keyof Act
	: never

/** Ids nobody has: whoever may act is told so, and nothing is changed by asking. */
const NOBODYS = {
	paymentId: newId('pay'),
	disputeId: newId('dp'),
	payerId: newId('pyr'),
	refund: newId('re'),
	item: newId('atn'),
	difference: newId('dif'),
	queue: 'mail.nobody',
	jobId: randomUUID(),
}

export const paramsOf = (page: string): Record<string, string> =>
	Object.fromEntries(Object.entries(NOBODYS).filter(([name]) => page.includes(`:${name}`)))

const amount = { amount: '1.00', currency: 'eur' }
const evidence = Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, '']))
const decline = { gateway: 'nobody', code: 'x' }

/** A whole form for everything each page can be asked: an act that has none does not compile. */
export const CONSOLE_FORMS: { readonly [Page in ConsolePage]: Readonly<Record<Acts<Page>, Form>> } = {
	'/console': {},
	'/console/stream': {},
	'/console/payments': {},
	'/console/payments/:paymentId': {
		refund: { intent: 'refund', reason: 'other', ...amount },
		capture: { intent: 'capture', ...amount },
		cancel: { intent: 'cancel' },
		approve: { intent: 'approve' },
		reject: { intent: 'reject', reason: 'Looked.' },
	},
	'/console/refunds': {
		approve: { intent: 'approve', refund: NOBODYS.refund },
		reject: { intent: 'reject', refund: NOBODYS.refund },
		withdraw: { intent: 'withdraw', refund: NOBODYS.refund },
	},
	'/console/refunds/bulk': { refund: { key: randomUUID(), reason: 'other', payment: NOBODYS.paymentId } },
	'/console/disputes': {},
	'/console/disputes/:disputeId': {
		save: { intent: 'save', ...evidence },
		submit: { intent: 'submit', ...evidence },
		accept: { intent: 'accept' },
	},
	'/console/attention': {
		settle: { intent: 'settle', id: NOBODYS.item, outcome: 'by_hand', note: 'Looked.' },
		retry: { intent: 'retry', id: NOBODYS.item },
	},
	'/console/attention/count': {},
	'/console/reconciliation': {
		run: { intent: 'run' },
		settle: { intent: 'settle', difference: NOBODYS.difference, note: 'Looked.' },
		check: { intent: 'check', difference: NOBODYS.difference },
		upload: { intent: 'upload' },
	},
	'/console/queues': {
		pause: { intent: 'pause', queue: NOBODYS.queue, reason: 'Looked.' },
		resume: { intent: 'resume', queue: NOBODYS.queue },
		run: { intent: 'run', queue: NOBODYS.queue },
	},
	'/console/queues/:queue': {
		pause: { intent: 'pause', reason: 'Looked.' },
		resume: { intent: 'resume' },
		redrive: { intent: 'redrive' },
	},
	'/console/queues/:queue/jobs/:jobId': {
		retry: { intent: 'retry' },
		edit: { intent: 'edit', payload: '{}' },
		cancel: { intent: 'cancel', reason: 'Looked.' },
	},
	'/console/routing': {
		save: { intent: 'save', rules: '[]' },
		switch_on: { intent: 'switch_on', revision: '0', reason: 'Looked.' },
		restore: { intent: 'restore', version: '9' },
		discard: { intent: 'discard' },
		decline: { intent: 'decline', words: 'No.', advice: 'other_card', ...decline },
		decline_reset: { intent: 'decline_reset', ...decline },
	},
	'/console/routing/gateways': {},
	'/console/routing/simulate': { simulate: { rules: '[]', span: '1' } },
	'/console/settings/api-keys': {
		create: { intent: 'create', kind: 'publishable', name: 'Shop' },
		roll: { intent: 'roll', key: 'key_1', overlap: '0' },
		revoke: { intent: 'revoke', key: 'key_1', reason: 'It was in a log' },
	},
	'/console/settings/refunds': { set: { intent: 'set', ...amount } },
	'/console/settings/currencies': { set: { settlement_currency: 'usd', spread: '150' } },
	'/console/settings/payment-methods': {
		set: { intent: 'switch', gateway: 'stripe', method: 'card', on: '1' },
	},
	'/console/settings/team': {
		invite: { intent: 'invite', email: 'nobody at all', role: 'support' },
		resend: { intent: 'resend', id: NOBODYS.item },
		revoke: { intent: 'revoke', id: NOBODYS.item },
		set_role: { intent: 'set_role', id: NOBODYS.item, role: 'support' },
		remove: { intent: 'remove', id: NOBODYS.item },
		leave: { intent: 'leave', id: NOBODYS.item },
		create_role: { intent: 'create_role', name: '' },
		change_role: { intent: 'change_role', id: NOBODYS.item, name: '' },
		delete_role: { intent: 'delete_role', id: NOBODYS.item },
		reset_factors: { intent: 'reset_factors', id: NOBODYS.item },
		require_factor: { intent: 'require_factor', required: 'neither' },
	},
	'/console/privacy': { find: { intent: 'find', who: 'nobody@example.com' } },
	'/console/privacy/:payerId': { erase: { intent: 'erase', confirm: 'erase', reason: 'Asked.' } },
	'/console/privacy/:payerId/export': { export: { intent: 'export' } },
	'/console/audit': {},
	'/console/audit/download': { download: {} },
}
