// @ts-check

/** @type {[number: string, does: string][]} */
const CARDS = [
	['4242424242424242', 'Succeeds'],
	['4000000000003220', 'Asks for authentication'],
	['4000000000000002', 'Declined'],
	['4000000000009995', 'Insufficient funds'],
	['4000000000000259', 'Disputed later'],
	['4000000000009235', 'Elevated risk'],
	['4000008260000000', 'From Great Britain'],
	['378282246310005', 'American Express'],
]

/**
 * @param {Element} list
 * @param {(number: string) => void} fill
 */
export function offerTestCards(list, fill) {
	for (const [number, does] of CARDS) {
		const button = document.createElement('button')
		button.type = 'button'
		button.textContent = does
		button.setAttribute('aria-label', `Fill test card: ${does.toLowerCase()}, ending in ${number.slice(-4)}`)
		button.addEventListener('click', () => fill(number))
		const item = document.createElement('li')
		item.append(button)
		list.append(item)
	}
}
