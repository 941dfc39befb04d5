import { z } from 'zod'
import type { Hold, Holdings, PrivacyRequestKind } from '../domain/privacy/request.ts'
import { PaymentId } from './ids.ts'
import { page, text } from './payment-requests.ts'

export const PayerId = z.string().regex(/^pyr_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'is not the id of a payer')
const RequestId = z.string().regex(/^prv_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'is not the id of a privacy request')

/** Body of POST /api/v1/privacy/find. In a body, because addresses of pages are logged. */
export const FindPayer = z
	.strictObject({ email: z.email().max(254).optional(), payment: PaymentId.optional() })
	.refine(({ email, payment }) => (email === undefined) !== (payment === undefined), {
		path: ['email'],
		message: 'give an e-mail address or the id of a payment',
	})

const MOST_REASON = 500

/** Body of POST /api/v1/privacy/payers/:id/erase. `confirm` repeats the payer's id: nothing brings them back. */
export const ErasePayer = z.strictObject({
	confirm: PayerId,
	reason: z.string().trim().min(1, 'says nothing').max(MOST_REASON),
})

/** Query of GET /api/v1/privacy/requests. */
export const ListPrivacyRequests = z.strictObject({ ...page(RequestId), payer: text(64).optional() })
export type ListPrivacyRequests = z.infer<typeof ListPrivacyRequests>

/** What is held about one payer: how much of what, not what it says. */
export type PayerView = {
	id: string
	object: 'payer'
	/** As on the newest payment; null without one, or once erased. */
	email: string | null
	held: Holdings
	/** What keeps the data for now. */
	holds: (Hold & { message: string })[]
	first_payment: number | null
	last_payment: number | null
	erased: number | null
}

export type PrivacyRequestView = {
	id: string
	object: 'privacy_request'
	payer: string
	kind: PrivacyRequestKind
	status: 'done' | 'held'
	holds: (Hold & { message: string })[]
	held: Holdings
	reason: string | null
	requested_by: string
	created: number
}
