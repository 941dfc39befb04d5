/** How often one order, one address or one card may try to pay; past it somebody is most likely testing cards. */
export const TRY_LIMITS = [
	{ name: 'minute', most: 6, seconds: 60 },
	{ name: 'hour', most: 20, seconds: 3_600 },
] as const

/** An order or address that passed a limit is refused for this long. */
export const BLOCK_SECONDS = 1_800

/** `3 seconds`, `1 minute`, `30 minutes`: rounded up, so that nobody comes back too early. */
export function waitWords(seconds: number): string {
	const [count, unit] =
		seconds < 60 ? [Math.max(1, Math.ceil(seconds)), 'second'] : [Math.ceil(seconds / 60), 'minute']
	return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Tries of one card, in the last minute and hour, that had a payer behind them. */
export type CardTries = { readonly lastMinute: number; readonly lastHour: number }

export function isTestedCard({ lastMinute, lastHour }: CardTries): boolean {
	const [minute, hour] = TRY_LIMITS
	return lastMinute >= minute.most || lastHour >= hour.most
}

/** What a shopper is told whose card was tried too often. */
export function cardTriesWords({ lastHour }: CardTries): string {
	const [minute, hour] = TRY_LIMITS
	const wait = waitWords(lastHour >= hour.most ? hour.seconds : minute.seconds)
	return `This card was tried too often. Nothing was charged. Wait ${wait}, or use another card.`
}
