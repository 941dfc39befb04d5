const DAY_MS = 86_400_000

/** Days before the due date at which people are told; 0 = it has passed. */
const ALERT_DAYS = [7, 3, 1, 0] as const
export type AlertDays = (typeof ALERT_DAYS)[number]

/** The alert that is due now and was not sent: the most urgent one reached; null when none is. */
export function nextAlert(dueAt: Date, now: Date, alertedDays: number | null): AlertDays | null {
	const leftMs = dueAt.getTime() - now.getTime()
	const reached = ALERT_DAYS.filter((days) => leftMs <= days * DAY_MS).at(-1)
	if (reached === undefined) return null
	return alertedDays === null || reached < alertedDays ? reached : null
}

/** Seconds until the gateway is asked again how a case stands; null when it is over and its money is settled. */
export function nextLookSeconds(row: {
	isOpen: boolean
	/** The ledger does not yet show what this case must end with. */
	awaitsMoney: boolean
	/** An answer is on its way to the gateway. */
	isAnswering: boolean
}): number | null {
	if (row.isAnswering || (row.isOpen && row.awaitsMoney)) return 600
	if (row.awaitsMoney) return 3_600
	return row.isOpen ? 21_600 : null
}
