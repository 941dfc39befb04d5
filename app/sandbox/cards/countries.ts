/** Test cards of countries carry the ISO 3166 numeric code in digits 7 to 9: 4000 00**82 6**000 0000. */
const CODES: Record<string, string> = {
	'032': 'AR',
	'036': 'AU',
	'040': 'AT',
	'056': 'BE',
	'076': 'BR',
	'100': 'BG',
	'112': 'BY',
	'124': 'CA',
	'152': 'CL',
	'156': 'CN',
	'158': 'TW',
	'170': 'CO',
	'188': 'CR',
	'191': 'HR',
	'196': 'CY',
	'203': 'CZ',
	'208': 'DK',
	'218': 'EC',
	'233': 'EE',
	'246': 'FI',
	'250': 'FR',
	'276': 'DE',
	'292': 'GI',
	'300': 'GR',
	'344': 'HK',
	'348': 'HU',
	'356': 'IN',
	'372': 'IE',
	'380': 'IT',
	'392': 'JP',
	'428': 'LV',
	'438': 'LI',
	'440': 'LT',
	'442': 'LU',
	'458': 'MY',
	'470': 'MT',
	'484': 'MX',
	'528': 'NL',
	'554': 'NZ',
	'578': 'NO',
	'591': 'PA',
	'600': 'PY',
	'604': 'PE',
	'616': 'PL',
	'620': 'PT',
	'642': 'RO',
	'682': 'SA',
	'702': 'SG',
	'703': 'SK',
	'705': 'SI',
	'724': 'ES',
	'752': 'SE',
	'756': 'CH',
	'764': 'TH',
	'784': 'AE',
	'792': 'TR',
	'826': 'GB',
	'840': 'US',
	'858': 'UY',
}

const ABROAD = /^4000\d\d(\d{3})/

export function countryOf(number: string): string {
	const brand = number.slice(0, 2)
	if (brand === '35') return 'JP'
	if (brand === '62') return 'CN'
	return CODES[ABROAD.exec(number)?.[1] ?? ''] ?? 'US'
}

/** The number Stripe lists for a country, as `pm_card_gb` names it. */
export function numberFor(country: string): string | undefined {
	const numeric = Object.keys(CODES).find((code) => CODES[code] === country)
	return numeric && (LISTED[country] ?? withCheckDigit(`400000${numeric}000000`))
}

/** Most listed numbers are zeros up to the check digit; these are the others. */
const LISTED: Record<string, string> = {
	DE: '4000002760000016',
	GR: '4000003000000030',
	MX: '4000004840008001',
	PE: '4000006040000068',
	PY: '4000006000000066',
	AR: '4000000320000021',
	US: '4242424242424242',
}

function withCheckDigit(stem: string): string {
	let sum = 0
	for (let place = 0; place < stem.length; place++) {
		const digit = Number(stem[stem.length - 1 - place])
		const doubled = place % 2 === 0 ? digit * 2 : digit
		sum += doubled > 9 ? doubled - 9 : doubled
	}
	return `${stem}${(10 - (sum % 10)) % 10}`
}
