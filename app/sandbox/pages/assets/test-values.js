// @ts-check

/** @typedef {[number: string, does: string][]} Values */

/** @type {Values} */
export const CARDS = [
	['4242424242424242', 'Succeeds'],
	['4000000000003220', 'Asks for authentication'],
	['4000000000000002', 'Declined'],
	['4000000000009995', 'Insufficient funds'],
	['4000000000000259', 'Disputed later'],
	['4000000000009235', 'Elevated risk'],
	['4000008260000000', 'From Great Britain'],
	['378282246310005', 'American Express'],
]

/** @type {Values} */
export const WALLET_CARDS = CARDS.slice(0, 6)

/** @type {Values} */
export const IBANS = [
	['AT611904300234573201', 'Succeeds after days'],
	['AT321904300235473204', 'Succeeds after two weeks'],
	['AT981904300002222227', 'Insufficient funds'],
	['AT861904300235473202', 'Fails'],
	['AT591904300235473203', 'Taken back later'],
]

/** @type {Values} */
export const ACCOUNTS = [
	['000123456789', 'Succeeds after days'],
	['000000000009', 'Stays in processing'],
	['000222222227', 'Insufficient funds'],
	['000111111113', 'Account closed'],
	['000555555559', 'Taken back later'],
]

/**
 * @param {string} what
 * @param {Values} values
 * @param {(number: string) => void} fill
 */
export function offerValues(what, values, fill) {
	const list = document.getElementById('test-values')
	for (const [number, does] of values) {
		const button = document.createElement('button')
		button.type = 'button'
		button.textContent = does
		button.setAttribute('aria-label', `Fill ${what}: ${does.toLowerCase()}, ending in ${number.slice(-4)}`)
		button.addEventListener('click', () => fill(number))
		const item = document.createElement('li')
		item.append(button)
		list?.append(item)
	}
}
