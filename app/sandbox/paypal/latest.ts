import type { Sandbox } from '../sandbox.ts'
import type { Outcome, Subject } from './call.ts'
import { authorizationNamed, captureNamed, orderNamed, refundNamed } from './find.ts'
import { viewOrder, viewOutcome } from './order-view.ts'
import {
	authorizationLinks,
	captureLinks,
	refundLinks,
	viewAuthorization,
	viewCapture,
	viewRefund,
} from './payment-views.ts'

const brief = ({ id, status }: { id: string; status: string }, links: object[]) => ({ id, status, links })

/** The answer to a repeated request: what the first one made, as it stands now. */
export function latest(sandbox: Sandbox, { id, kind }: Subject, whole: boolean): Outcome {
	return { status: 200, body: show(sandbox, { id, kind }, whole) }
}

function show(sandbox: Sandbox, { id, kind }: Subject, whole: boolean): object {
	switch (kind) {
		case 'order': {
			const order = orderNamed(sandbox, id)
			return whole ? viewOrder(sandbox, order) : viewOutcome(sandbox, order)
		}
		case 'capture': {
			const row = captureNamed(sandbox, id)
			return whole ? viewCapture(sandbox, row) : brief(row, captureLinks(sandbox, row))
		}
		case 'authorization': {
			const row = authorizationNamed(sandbox, id)
			return whole ? viewAuthorization(sandbox, row) : brief(row, authorizationLinks(sandbox, row))
		}
		case 'refund': {
			const row = refundNamed(sandbox, id)
			return whole ? viewRefund(sandbox, row) : brief(row, refundLinks(sandbox, row))
		}
	}
}
