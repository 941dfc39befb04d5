import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { hasTakenMoney, lockMerchant, patchMerchantFx, readMerchantFx } from '#db/queries/merchant-fx.ts'
import type { DB } from '#db/schema.ts'
import { changesBetween } from '../../domain/audit/changes-between.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Input = {
	merchantId: string
	settlementCurrency: string
	spreadBps: number
	actor: Cause
}

/**
 * Sets what a merchant is paid in and what quotes add to the published rate; the spread counts from the next quote.
 * Throws settlement_currency_fixed.
 */
export async function setCurrencies({ db }: { db: Kysely<DB> }, input: Input): Promise<void> {
	const { merchantId, settlementCurrency, spreadBps, actor } = input
	await inTransaction(db, async (tx) => {
		await lockMerchant(tx, merchantId)
		const before = await readMerchantFx(tx, merchantId)
		if (before.settlementCurrency !== settlementCurrency && (await hasTakenMoney(tx, merchantId))) {
			throw new DomainError(
				'conflict',
				'settlement_currency_fixed',
				`Money was taken already: your balance stays in ${before.settlementCurrency.toUpperCase()}.`,
				{ param: 'settlement_currency' },
			)
		}
		if (before.settlementCurrency === settlementCurrency && before.spreadBps === spreadBps) return
		await patchMerchantFx(tx, merchantId, { settlementCurrency, spreadBps })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'currencies.changed',
				subject_id: merchantId,
				payload: {},
				...changesBetween(
					{ settlement_currency: before.settlementCurrency, spread_bps: before.spreadBps },
					{ settlement_currency: settlementCurrency, spread_bps: spreadBps },
				),
			},
		])
	})
}
