import type { Desk } from '../sandbox.ts'
import type { At } from './read.ts'
import type { Row } from '../books/collection.ts'

export interface Call {
	/** From the path: `/v2/checkout/orders/:id`. Empty on paths without one. */
	id: string
	query: URLSearchParams
	body: At
	/** `Prefer: return=representation`; PayPal's default is `return=minimal`. */
	whole: boolean
	/** Asked for with `PayPal-Mock-Response`. */
	mock: string | undefined
	hasRequestId: boolean
}

export interface Outcome {
	status: number
	body?: object
	/** What a repeat of the request shows the latest state of. */
	subject?: Subject
}

export type SubjectKind = 'order' | 'capture' | 'authorization' | 'refund'

export interface Subject {
	kind: SubjectKind
	id: Row['id']
}

export type Handler = (desk: Desk, call: Call) => Outcome
export type Routes = Record<string, Handler>
