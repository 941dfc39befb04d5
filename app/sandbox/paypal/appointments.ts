import type { Desk } from '../sandbox.ts'
import { decide } from './disputes.ts'
import { openDispute } from './disputing.ts'
import { settleRefund } from './refunding.ts'
import { settle } from './taking.ts'

/** What happens later by itself, by the names the schedule keeps in the books. */
export const paypalAppointments: Record<string, (desk: Desk, target: string) => void> = {
	'paypal.capture.settle': settle,
	'paypal.refund.settle': settleRefund,
	'paypal.dispute.open': openDispute,
	'paypal.dispute.decide': decide,
}
