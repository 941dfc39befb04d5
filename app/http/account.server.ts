/** What both worlds of a business have in common: its team. It goes by the id of its first world. */
export type Account = { merchantId: string; livemode: boolean }

export const accountOf = (row: { account_id: string; account_livemode: boolean }): Account => ({
	merchantId: row.account_id,
	livemode: row.account_livemode,
})
