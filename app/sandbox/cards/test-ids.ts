import { numberFor } from './countries.ts'

const NUMBERS: Record<string, string> = {
	visa: '4242424242424242',
	visa_debit: '4000056655665556',
	mastercard: '5555555555554444',
	mastercard_debit: '5200828282828210',
	mastercard_prepaid: '5105105105105100',
	amex: '378282246310005',
	discover: '6011111111111117',
	diners: '3056930009020004',
	jcb: '3566002020360505',
	unionpay: '6200000000000005',
	gb_debit: '4000058260000005',
	chargeDeclined: '4000000000000002',
	chargeDeclinedInsufficientFunds: '4000000000009995',
	chargeDeclinedLostCard: '4000000000009987',
	chargeDeclinedStolenCard: '4000000000009979',
	chargeDeclinedExpiredCard: '4000000000000069',
	chargeDeclinedIncorrectCvc: '4000000000000127',
	chargeDeclinedProcessingError: '4000000000000119',
	chargeDeclinedFraudulent: '4100000000000019',
	chargeCustomerFail: '4000000000000341',
	visa_chargeDeclined: '4000000000000002',
	visa_chargeDeclinedInsufficientFunds: '4000000000009995',
	visa_chargeDeclinedLostCard: '4000000000009987',
	visa_chargeDeclinedStolenCard: '4000000000009979',
	visa_chargeDeclinedVelocityLimitExceeded: '4000000000006975',
	radarBlock: '4100000000000019',
	riskLevelElevated: '4000000000009235',
	riskLevelHighest: '4000000000004954',
	cvcCheckFail: '4000000000000101',
	avsZipFail: '4000000000000036',
	authenticationRequired: '4000002760003184',
	authenticationRequiredOnSetup: '4000002500003155',
	authenticationRequiredSetupForOffSession: '4000003800000446',
	authenticationRequiredChargeDeclinedInsufficientFunds: '4000008260003178',
	threeDSecure2Required: '4000000000003220',
	threeDSecureRequired: '4000000000003220',
	threeDSecureOptional: '4000000000003055',
	threeDSecureRequiredChargeDeclined: '4000008400001629',
	threeDSecureRequiredProcessingError: '4000008400001280',
	createDispute: '4000000000000259',
	createDisputeProductNotReceived: '4000000000002685',
	createDisputeInquiry: '4000000000001976',
	createIssuerFraudRecord: '4000000000005423',
	pendingRefund: '4000000000007726',
	refundFail: '4000000000005126',
	// Stripe has no such card: it asks the payer only for other ways to pay.
	refundRequiresAction: '4000000000007734',
	bypassPending: '4000000000000077',
}

const PREFIX = /^(?:pm_card_|tok_)/

/** The number behind `pm_card_visa`, `tok_visa`, `pm_card_gb`… */
export function numberBehind(testId: string): string | undefined {
	if (!PREFIX.test(testId)) return undefined
	const name = testId.replace(PREFIX, '')
	return NUMBERS[name] ?? NUMBERS[`visa_${name}`] ?? numberFor(name.toUpperCase())
}

const LISTED = new Set(Object.values(NUMBERS))
const TEST_RANGES = /^(4242|4000|4100|5555|5105|5200|3782|3714|6011|3056|3566|6200)/

/** Real numbers have no place here; any other number of a test range works and is a card of its own. */
export const isTestNumber = (number: string): boolean => LISTED.has(number) || TEST_RANGES.test(number)
