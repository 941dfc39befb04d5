import type { Tx } from '../client.ts'

/** Both null while the merchant is not suspended. */
export type Suspension = { at: Date | null; reason: string | null }

export const lockSuspension = (tx: Tx, merchantId: string): Promise<Suspension | undefined> =>
	tx
		.selectFrom('merchants')
		.select(['suspended_at as at', 'suspend_reason as reason'])
		.where('id', '=', merchantId)
		.forUpdate()
		.executeTakeFirst()

/** Of both worlds of its account. */
export async function writeSuspension(tx: Tx, merchantId: string, { at, reason }: Suspension): Promise<void> {
	await tx
		.updateTable('merchants')
		.set({ suspended_at: at, suspend_reason: reason })
		.where('account_id', '=', (eb) =>
			eb.selectFrom('merchants as m').select('m.account_id').where('m.id', '=', merchantId),
		)
		.execute()
}
