// @ts-check

/** @typedef {'iban' | 'name' | 'email' | 'routing' | 'account' | 'holder' | 'kind'} FieldName */

/** @param {string} text */
const signs = (text) => text.replace(/\s/g, '')

/** How long the IBANs of the SEPA countries are. */
const LENGTHS = /** @type {Record<string, number>} */ ({
	AD: 24,
	AT: 20,
	BE: 16,
	BG: 22,
	CH: 21,
	CY: 28,
	CZ: 24,
	DE: 22,
	DK: 18,
	EE: 20,
	ES: 24,
	FI: 18,
	FR: 27,
	GB: 22,
	GI: 23,
	GR: 27,
	HR: 21,
	HU: 28,
	IE: 22,
	IS: 26,
	IT: 27,
	LI: 21,
	LT: 20,
	LU: 20,
	LV: 21,
	MC: 27,
	MT: 31,
	NL: 18,
	NO: 15,
	PL: 28,
	PT: 25,
	RO: 24,
	SE: 24,
	SI: 19,
	SK: 24,
	SM: 27,
	VA: 22,
})

/** @param {string} text */
export const formatIban = (text) =>
	text
		.replace(/[^a-z0-9]/gi, '')
		.toUpperCase()
		.slice(0, 34)
		.replace(/(.{4})(?=.)/g, '$1 ')

/**
 * ISO 13616: the country and the check digits go to the end, letters count from 10 on, and the whole leaves 1.
 * @param {string} iban
 */
function passesCheck(iban) {
	let rest = 0
	for (const sign of iban.slice(4) + iban.slice(0, 4)) {
		for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97
	}
	return rest === 1
}

/** @param {string} text */
function checkIban(text) {
	const iban = signs(text).toUpperCase()
	if (iban === '') return 'Enter the IBAN.'
	const length = LENGTHS[iban.slice(0, 2)]
	if (!/^[A-Z]{2}/.test(iban)) return 'An IBAN starts with the letters of its country, such as DE.'
	if (length === undefined) return 'Accounts of this country cannot be debited in euros.'
	if (iban.length < length) return 'The IBAN is too short.'
	if (iban.length > length) return 'The IBAN is too long.'
	return passesCheck(iban) ? null : 'The IBAN is not correct. Check the letters and digits.'
}

/**
 * Every third digit counts 3, 7 and 1 times; the sum ends in 0.
 * @param {string} routing
 */
const addsUp = (routing) =>
	[...routing].reduce((sum, digit, place) => sum + Number(digit) * ([3, 7, 1][place % 3] ?? 0), 0) % 10 === 0

/** @type {Record<FieldName, (text: string) => string | null>} */
const CHECKS = {
	iban: checkIban,
	name: (text) => (text.trim() === '' ? 'Enter the name of the account holder.' : null),
	email(text) {
		if (text.trim() === '') return 'Enter the e-mail address.'
		return /^\S+@\S+\.\S+$/.test(text.trim()) ? null : 'The e-mail address is not complete.'
	},
	routing(text) {
		if (signs(text) === '') return 'Enter the routing number.'
		if (signs(text).length !== 9) return 'The routing number has 9 digits.'
		return addsUp(signs(text)) ? null : 'The routing number is not correct. Check the digits.'
	},
	account(text) {
		if (signs(text) === '') return 'Enter the account number.'
		return /^\d{4,17}$/.test(signs(text)) ? null : 'The account number has 4 to 17 digits.'
	},
	holder: () => null,
	kind: () => null,
}

/**
 * A plain sentence about what is wrong, or null.
 * @param {FieldName} field
 * @param {string} text
 */
export const problem = (field, text) => CHECKS[field](text)

/**
 * @param {FieldName} field
 * @param {string} text
 */
export function format(field, text) {
	if (field === 'iban') return formatIban(text)
	if (field === 'routing') return text.replace(/\D/g, '').slice(0, 9)
	return field === 'account' ? text.replace(/\D/g, '').slice(0, 17) : text
}
