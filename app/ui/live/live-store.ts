import type { Dispute } from '#app/contracts/disputes.ts'
import type { Payment, Refund } from '#app/contracts/payments.ts'
import type { LiveStatus } from '../kit/live-indicator.tsx'
import { newer } from './merge-payments.ts'

/** `attention`: an item opened or closed; the pages read them again. */
export type LiveChange =
	| { kind: 'payment'; paymentId: string }
	| { kind: 'dispute'; disputeId: string; paymentId: string }
	| { kind: 'attention' }
	| { kind: 'resync' }

export type LiveSnapshot = {
	status: LiveStatus
	/** Latest version of the payments that changed since the page was opened, oldest change first. */
	payments: ReadonlyMap<string, Payment>
	/** When each of them was first heard of here (Unix ms), for marking new rows. */
	heardAt: ReadonlyMap<string, number>
}

/** More than any list shows; older ones are in what the pages read. */
const KEEP = 200

export function createLiveStore() {
	let snapshot: LiveSnapshot = { status: 'connecting', payments: new Map(), heardAt: new Map() }
	const payments = new Map<string, Payment>()
	const heardAt = new Map<string, number>()
	const renderers = new Set<() => void>()
	const listeners = new Set<(change: LiveChange) => void>()
	let frame: number | undefined

	// One render per frame however many events come in; a hidden page renders when it is looked at again.
	const render = () => {
		frame ??= requestAnimationFrame(() => {
			frame = undefined
			snapshot = { ...snapshot, payments: new Map(payments), heardAt: new Map(heardAt) }
			for (const wake of renderers) wake()
		})
	}
	const announce = (change: LiveChange) => {
		for (const listen of listeners) listen(change)
	}

	return {
		subscribe(wake: () => void) {
			renderers.add(wake)
			return () => void renderers.delete(wake)
		},
		snapshot: () => snapshot,
		/** Hears every change at once, without waiting for a frame. */
		listen(listener: (change: LiveChange) => void) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		setStatus(status: LiveStatus) {
			if (snapshot.status === status) return
			snapshot = { ...snapshot, status }
			for (const wake of renderers) wake()
		},
		payment(payment: Payment) {
			const known = payments.get(payment.id)
			if (known && newer(payment, known) === known) return
			payments.delete(payment.id)
			payments.set(payment.id, payment)
			if (!known) heardAt.set(payment.id, Date.now())
			for (const id of payments.keys()) {
				if (payments.size <= KEEP) break
				payments.delete(id)
				heardAt.delete(id)
			}
			render()
			announce({ kind: 'payment', paymentId: payment.id })
		},
		refund: (refund: Refund) => announce({ kind: 'payment', paymentId: refund.payment }),
		dispute: (dispute: Dispute) =>
			announce({ kind: 'dispute', disputeId: dispute.id, paymentId: dispute.payment }),
		attention: () => announce({ kind: 'attention' }),
		resync: () => announce({ kind: 'resync' }),
	}
}

export type LiveStore = ReturnType<typeof createLiveStore>
