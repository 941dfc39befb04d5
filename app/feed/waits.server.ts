import type { Kysely } from 'kysely'
import { findPayment } from '#db/queries/payments.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findDispute, toDispute } from '#db/queries/disputes.ts'
import { findRefund, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { Dispute } from '../contracts/disputes.ts'
import type { KeptPayment, Refund } from '../contracts/payments.ts'
import { isResting, isTerminal } from '../domain/payments/payment-state.ts'
import type { LiveFeed } from './live-feed.server.ts'

type Deps = { db: Kysely<DB>; feed: LiveFeed }
type Wait<T> = {
	paymentId: string
	seconds: number
	read: () => Promise<T | null>
	isDone: (value: unknown) => value is T
	/** Whether what is done stays done: then a message is as good as a look. */
	isFinal: (value: T) => boolean
}

/**
 * Listens first and reads then, so that what ends in between is not missed; gives up after `seconds`. A message may
 * be older than the wait, so one that could be overtaken only makes us look.
 */
function waitFor<T>({ feed }: Deps, wait: Wait<T>): Promise<T | null> {
	const { paymentId, seconds, read, isDone, isFinal } = wait
	return new Promise((resolve, reject) => {
		const finish = (value: T | null) => {
			clearTimeout(timer)
			unsubscribe()
			resolve(value)
		}
		const fail = (error: unknown) => {
			clearTimeout(timer)
			unsubscribe()
			reject(error instanceof Error ? error : new Error(String(error)))
		}
		const look = () =>
			void read().then((value) => {
				if (isDone(value)) finish(value)
			}, fail)
		const unsubscribe = feed.subscribe({ paymentId }, ({ object }) => {
			if (!isDone(object)) return
			if (isFinal(object)) finish(object)
			else look()
		})
		const timer = setTimeout(() => void read().then(finish, fail), seconds * 1000)
		look()
	})
}

const isPayment = (value: unknown): value is KeptPayment =>
	typeof value === 'object' && value !== null && 'object' in value && value.object === 'payment'

const isDecidedRefund = (value: unknown): value is Refund =>
	typeof value === 'object' &&
	value !== null &&
	'object' in value &&
	value.object === 'refund' &&
	'status' in value &&
	(value.status !== 'pending' || ('pending_reason' in value && value.pending_reason === 'awaiting_approval'))

const isAnsweredDispute = (value: unknown): value is Dispute =>
	typeof value === 'object' &&
	value !== null &&
	'object' in value &&
	value.object === 'dispute' &&
	'pending_operation' in value &&
	value.pending_operation === null

/** Waits of `Prefer: wait=N`: each resolves with the object as it is kept when the wait ends. */
export function createWaits(deps: Deps) {
	const readPayment = async (merchantId: string, id: string) => {
		const row = await findPayment(deps.db, { merchantId, id })
		return row ? toPayment(row) : null
	}
	return {
		/** Until nothing happens by itself any more. */
		waitForRest: (merchantId: string, paymentId: string, seconds: number): Promise<KeptPayment | null> =>
			waitFor(deps, {
				paymentId,
				seconds,
				read: () => readPayment(merchantId, paymentId),
				isDone: (value): value is KeptPayment => isPayment(value) && isResting(value.status),
				isFinal: ({ status }) => isTerminal(status),
			}),
		/** Until a capture or cancel has been answered. */
		waitForEnd: (merchantId: string, paymentId: string, seconds: number): Promise<KeptPayment | null> =>
			waitFor(deps, {
				paymentId,
				seconds,
				read: () => readPayment(merchantId, paymentId),
				isDone: (value): value is KeptPayment => isPayment(value) && isTerminal(value.status),
				isFinal: () => true,
			}),
		/** Until this refund is decided. */
		waitForRefund: (paymentId: string, refundId: string, seconds: number): Promise<Refund | null> =>
			waitFor(deps, {
				paymentId,
				seconds,
				read: async () => {
					const row = await findRefund(deps.db, refundId)
					return row ? toRefund(row) : null
				},
				isDone: (value): value is Refund => isDecidedRefund(value) && value.id === refundId,
				isFinal: ({ status }) => status === 'succeeded' || status === 'failed' || status === 'canceled',
			}),
		/** Until the gateway has answered what this case was told. */
		waitForDispute: (paymentId: string, disputeId: string, seconds: number): Promise<Dispute | null> =>
			waitFor(deps, {
				paymentId,
				seconds,
				read: async () => {
					const row = await findDispute(deps.db, disputeId)
					return row ? toDispute(row) : null
				},
				isDone: (value): value is Dispute => isAnsweredDispute(value) && value.id === disputeId,
				isFinal: () => false,
			}),
	}
}
