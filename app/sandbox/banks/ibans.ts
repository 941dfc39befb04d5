import type { DebitCourse } from './debits.ts'

/** What Stripe's testing page has an IBAN for in every country, and one more of the sandbox's own. */
const COURSES: Record<string, DebitCourse> = {
	success: {},
	successDelayed: { takes: 'longer' },
	failed: { failure: 'generic_could_not_process' },
	failedDelayed: { failure: 'generic_could_not_process', takes: 'longer' },
	disputed: { returned: 'debit_not_authorized' },
	insufficientFunds: { failure: 'insufficient_funds' },
	exceedsWeeklyVolumeLimit: { failure: 'charge_exceeds_source_limit' },
	exceedsWeeklyTransactionLimit: { failure: 'charge_exceeds_weekly_limit' },
	returned: { returned: 'bank_cannot_process' },
}

const ORDER = Object.keys(COURSES)

const IBANS: Record<string, string[]> = {
	AT: [
		'AT611904300234573201',
		'AT321904300235473204',
		'AT861904300235473202',
		'AT051904300235473205',
		'AT591904300235473203',
		'AT981904300002222227',
		'AT981904300000343434',
		'AT601904300000121212',
		'AT461904300007777771',
	],
	BE: [
		'BE62510007547061',
		'BE78510007547064',
		'BE68539007547034',
		'BE51510007547065',
		'BE08510007547063',
		'BE90510002222227',
		'BE90510000343434',
		'BE52510000121212',
	],
	DE: [
		'DE89370400440532013000',
		'DE08370400440532013003',
		'DE62370400440532013001',
		'DE78370400440532013004',
		'DE35370400440532013002',
		'DE65370400440002222227',
		'DE65370400440000343434',
		'DE27370400440000121212',
	],
	FI: [
		'FI2112345600000785',
		'FI3712345600000788',
		'FI9112345600000786',
		'FI1012345600000789',
		'FI6412345600000787',
		'FI6712345602222227',
		'FI6712345600343434',
		'FI2912345600121212',
	],
	FR: [
		'FR1420041010050500013M02606',
		'FR3020041010050500013M02609',
		'FR8420041010050500013M02607',
		'FR7920041010050500013M02600',
		'FR5720041010050500013M02608',
		'FR9720041010050000002222227',
		'FR9720041010050000000343434',
		'FR5920041010050000000121212',
	],
}

const COURSE_OF = new Map(
	Object.values(IBANS).flatMap((ibans) =>
		ibans.map((iban, place): [string, DebitCourse] => [iban, COURSES[ORDER[place] ?? ''] ?? {}]),
	),
)

/** Any account of these banks is a test account: unlisted ones succeed and are accounts of their own. */
const TEST_BANKS = /^(AT\d\d19043|DE\d\d37040044)/

export const isTestIban = (iban: string): boolean => COURSE_OF.has(iban) || TEST_BANKS.test(iban)

export const ibanCourse = (iban: string): DebitCourse => COURSE_OF.get(iban) ?? {}

const OURS = /^pm_(?:sandbox_)?sepaDebit_(\w+?)(?:_([a-z]{2}))?$/
const STRIPES = /^pm_([a-zA-Z]+)_([a-z]{2})$/

/** The IBAN behind `pm_success_de`, as Stripe names it, or `pm_sepaDebit_success`. */
export function ibanBehind(testId: string): string | undefined {
	const [, name = '', country = 'at'] = OURS.exec(testId) ?? STRIPES.exec(testId) ?? []
	const course = name === 'dispute' ? 'disputed' : name
	return IBANS[country.toUpperCase()]?.[ORDER.indexOf(course)]
}

/** ISO 13616: letters count from 10 on, the country and check digits come last, and the whole leaves 1. */
export function isIban(text: string): boolean {
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
	const digits = [...text.slice(4), ...text.slice(0, 4)].map((sign) => parseInt(sign, 36)).join('')
	return BigInt(digits) % 97n === 1n
}

/** How many signs name the bank, after the country and the check digits. */
const BANK_CODE_LENGTH: Record<string, number> = { AT: 5, BE: 3, DE: 8, FI: 3, FR: 5 }

export const bankCodeOf = (iban: string): string =>
	iban.slice(4, 4 + (BANK_CODE_LENGTH[iban.slice(0, 2)] ?? 4))
