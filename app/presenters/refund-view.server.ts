import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import { toRefund, type RefundRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { RefundView } from '../contracts/console.ts'
import { causeFromText, causeText, type Cause } from '../domain/payments/cause.ts'
import { awaitsApproval, mayDecide } from '../domain/refunds/approval.ts'
import { exchangeBackOf } from './exchange.server.ts'

export type Viewer = { merchantId: string; actor: Cause }

function nameOf(text: string, names: ReadonlyMap<string, string>): string {
	const { kind, ref } = causeFromText(text)
	const name = ref === null ? undefined : names.get(ref)
	if (name !== undefined) return name
	if (kind === 'console') return 'A former colleague'
	if (kind === 'api') return 'An API key'
	return 'Tillhouse'
}

function viewOf(row: RefundRow, names: ReadonlyMap<string, string>, actor: string): RefundView {
	const isWaiting = awaitsApproval(row)
	const may = mayDecide(row, actor)
	const isMine = row.requested_by === actor
	return {
		...toRefund(row),
		requestedBy: row.made_at_gateway ? 'The gateway’s dashboard' : nameOf(row.requested_by, names),
		decidedBy: row.approval_decided_by === null ? null : nameOf(row.approval_decided_by, names),
		exchange: exchangeBackOf(row),
		approvalEndsAt: isWaiting ? (row.next_check_at?.getTime() ?? null) : null,
		can: {
			approve: may,
			reject: may,
			withdraw:
				(isWaiting && isMine) || (row.status === 'requires_action' && row.cancel_requested_by === null),
		},
	}
}

/** Refunds with the names of the people behind them and what this person may do about each. */
export async function refundViews<R extends RefundRow>(
	db: Kysely<DB>,
	{ merchantId, actor }: Viewer,
	rows: readonly R[],
): Promise<{ row: R; view: RefundView }[]> {
	const ids = rows.flatMap((row) =>
		[row.requested_by, row.approval_decided_by].flatMap((text) =>
			text === null ? [] : (causeFromText(text).ref ?? []),
		),
	)
	const names = await namesOfActors(db, { merchantId, ids: [...new Set(ids)] })
	const who = causeText(actor)
	return rows.map((row) => ({ row, view: viewOf(row, names, who) }))
}
