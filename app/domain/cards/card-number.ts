/** 13 to 19 digits, alone or in groups, with no letter or further digit touching them. */
const LIKE_A_CARD = /(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w|\.\d)/g

/** The check digit of card numbers (ISO/IEC 7812-1); one number in ten passes it by chance. */
export function passesLuhn(digits: string): boolean {
	let sum = 0
	for (let place = 0; place < digits.length; place++) {
		const digit = digits.charCodeAt(digits.length - 1 - place) - 48
		const doubled = digit * 2
		sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
	}
	return sum % 10 === 0
}

/** Whether a text holds what may be the number of a card: those never enter this house. */
export const holdsCardNumber = (text: string): boolean =>
	text.length >= 13 &&
	(text.match(LIKE_A_CARD) ?? []).some((found) => passesLuhn(found.replaceAll(/\D/g, '')))
