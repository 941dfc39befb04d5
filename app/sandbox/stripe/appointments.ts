import type { Desk } from '../sandbox.ts'
import { settleDebit } from './debiting.ts'
import { decide } from './disputes.ts'
import { openDispute, openWarning } from './disputing.ts'
import { arrive } from './payouts.ts'
import { succeed, undo } from './refunding.ts'
import { takeBack } from './returning.ts'

/** What happens later by itself, by the names the schedule keeps in the books. */
export const appointments: Record<string, (desk: Desk, target: string) => void> = {
	'debit.settle': settleDebit,
	'debit.return': takeBack,
	'dispute.open': openDispute,
	'dispute.decide': decide,
	'warning.open': openWarning,
	'payout.arrive': arrive,
	'refund.succeed': succeed,
	'refund.fail': (desk, id) => void undo(desk, id, 'failed'),
}
