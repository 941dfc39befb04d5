/**
 * 13 to 19 digits in one run or in the groups cards are printed in (4-4-4-4, 4-4-4-4-3, 4-6-5), with no letter or further
 * digit touching them. A UUID has neither, however many digits are in it.
 */
const LIKE_A_CARD =
	/(?<![\w.])(?:\d{13,19}|\d{4}(?:[ -]\d{4}){2,3}[ -]\d{1,4}|\d{4}[ -]\d{6}[ -]\d{4,5})(?!\w|[ -.]\d)/g

/** How the numbers of each scheme begin, and how long they are. Order numbers and timestamps mostly begin otherwise. */
const SCHEMES = [
	// Visa
	/^4(?:\d{12}|\d{15}|\d{18})$/,
	// Mastercard
	/^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
	// American Express
	/^3[47]\d{13}$/,
	// Diners Club
	/^3(?:0[0-5]|09|[689]\d)\d{11,16}$/,
	// JCB
	/^35(?:2[89]|[3-8]\d)\d{12,15}$/,
	// Discover, UnionPay, Maestro and others
	/^(?:6\d|5[06-9])\d{11,17}$/,
]

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

const isCardNumber = (digits: string): boolean =>
	SCHEMES.some((scheme) => scheme.test(digits)) && passesLuhn(digits)

/** Whether a text holds what may be the number of a card: those never enter this house. */
export const holdsCardNumber = (text: string): boolean =>
	text.length >= 13 &&
	(text.match(LIKE_A_CARD) ?? []).some((found) => isCardNumber(found.replaceAll(/\D/g, '')))
