import type { DeclineEntry } from '../../domain/declines/read-decline.ts'
import type { StandardCode } from '../../domain/declines/standard-declines.ts'

/** Issues of the Orders and Payments APIs (v2): what PayPal itself says. */
const ISSUES: Readonly<Partial<Record<StandardCode, readonly string[]>>> = {
	declined: [
		'INSTRUMENT_DECLINED',
		'TRANSACTION_REFUSED',
		'PAYMENT_DENIED',
		'PAYMENT_SOURCE_DECLINED_BY_PROCESSOR',
		'DECLINED_DUE_TO_RELATED_TXN',
		'AUTHORIZATION_DENIED',
		'CREDIT_CARD_REFUSED',
	],
	card_not_supported: ['PAYMENT_SOURCE_CANNOT_BE_USED', 'CARD_TYPE_NOT_SUPPORTED'],
	currency_not_supported: [
		'CURRENCY_NOT_SUPPORTED',
		'CURRENCY_NOT_SUPPORTED_FOR_CARD_TYPE',
		'CURRENCY_NOT_SUPPORTED_FOR_BANK',
	],
	payments_stopped: ['AGREEMENT_ALREADY_CANCELLED', 'BILLING_AGREEMENT_NOT_FOUND'],
	reattempt_not_permitted: ['MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED'],
	duplicate_transaction: [
		'DUPLICATE_INVOICE_ID',
		'DUPLICATE_REFERENCE_ID',
		'ORDER_ALREADY_CAPTURED',
		'ORDER_ALREADY_AUTHORIZED',
		'ORDER_ALREADY_COMPLETED',
		'ORDER_COMPLETION_IN_PROGRESS',
	],
	payer_account_unusable: [
		'PAYER_ACCOUNT_LOCKED_OR_CLOSED',
		'PAYER_ACCOUNT_RESTRICTED',
		'PAYER_CANNOT_PAY',
		'INVALID_PAYER_ID',
		'PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED',
	],
	provider_declined: ['ALIAS_DECLINED_BY_PROCESSOR', 'COUNTRY_NOT_SUPPORTED_BY_PAYMENT_SOURCE'],
	gateway_limit_exceeded: [
		'TRANSACTION_LIMIT_EXCEEDED',
		'TRANSACTION_RECEIVING_LIMIT_EXCEEDED',
		'MAX_VALUE_EXCEEDED',
	],
	amount_not_allowed: ['CANNOT_BE_ZERO_OR_NEGATIVE', 'AUTHORIZATION_AMOUNT_EXCEEDED'],
	gateway_setup: [
		'PAYEE_ACCOUNT_INVALID',
		'PAYEE_ACCOUNT_LOCKED_OR_CLOSED',
		'PAYEE_ACCOUNT_NOT_VERIFIED',
		'PAYEE_ACCOUNT_RESTRICTED',
		'PAYEE_NOT_ENABLED_FOR_BANK_PROCESSING',
		'PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING',
		'NOT_ENABLED_FOR_CARD_PROCESSING',
		'NOT_ENABLED_FOR_BANK_PROCESSING',
		'NOT_ENABLED_FOR_APPLE_PAY',
		'NOT_ENABLED_FOR_GOOGLE_PAY',
		'NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE',
		'AUTH_CAPTURE_NOT_ENABLED',
		'CONSENT_NEEDED',
		'INVALID_ACCOUNT_STATUS',
		'PERMISSION_DENIED',
	],
	authentication_required: ['PAYER_ACTION_REQUIRED'],
	authentication_failed: ['AUTHENTICATION_FAILED'],
	account_closed: ['CARD_CLOSED'],
	card_limit_exceeded: ['TRANSACTION_AMOUNT_EXCEEDS_MONTHLY_MAX_LIMIT'],
	approval_missing: ['ORDER_NOT_APPROVED', 'ORDER_IS_PENDING_APPROVAL'],
	approval_expired: [
		'ORDER_EXPIRED',
		'ORDER_COMPLETED_OR_VOIDED',
		'AUTHORIZATION_EXPIRED',
		'AUTHORIZATION_VOIDED',
	],
	other_funding_needed: ['REDIRECT_PAYER_FOR_ALTERNATE_FUNDING'],
	blocked_by_gateway: ['TRANSACTION_BLOCKED_BY_PAYEE', 'PAYEE_BLOCKED_TRANSACTION'],
	compliance_violation: ['COMPLIANCE_VIOLATION'],
	incorrect_number: ['CARD_NUMBER_INVALID', 'CARD_NUMBER_REQUIRED', 'INVALID_IBAN'],
	incorrect_cvc: ['CVV2_CHECK_FAILED', 'INVALID_SECURITY_CODE', 'INVALID_SECURITY_CODE_LENGTH'],
	incorrect_expiry: ['CARD_EXPIRY_REQUIRED', 'INVALID_EXPIRY_DATE'],
	incorrect_address: ['BILLING_ADDRESS_INVALID', 'POSTAL_CODE_REQUIRED', 'CITY_REQUIRED'],
	expired_card: ['CARD_EXPIRED', 'REFERENCED_CARD_EXPIRED'],
	method_used_up: ['TOKEN_EXPIRED', 'TOKEN_ID_NOT_FOUND', 'INVALID_GOOGLE_PAY_TOKEN', 'PNREF_EXPIRED'],
	method_not_taken: [
		'CARD_BRAND_NOT_SUPPORTED',
		'CURRENCY_NOT_SUPPORTED_FOR_COUNTRY',
		'DOMESTIC_TRANSACTION_REQUIRED',
		'IBAN_COUNTRY_NOT_SUPPORTED',
		'PAYEE_COUNTRY_NOT_SUPPORTED_FOR_PAYMENT_SOURCE',
		'PAYER_COUNTRY_NOT_SUPPORTED',
		'PAYMENT_SOURCE_NOT_SUPPORTED',
		'PAYMENT_TYPE_NOT_SUPPORTED_FOR_INTENT',
		'UNSUPPORTED_INTENT_FOR_PAYMENT_SOURCE',
	],
	invalid_request: [
		'INVALID_CURRENCY_CODE',
		'INVALID_PARAMETER_SYNTAX',
		'INVALID_PARAMETER_VALUE',
		'INVALID_RESOURCE_ID',
		'MALFORMED_REQUEST_JSON',
		'MISSING_REQUIRED_PARAMETER',
		'NO_PAYMENT_SOURCE_PROVIDED',
		'REFERENCE_ID_NOT_FOUND',
	],
}

/** Processor response codes: what the card's bank or network says. Answers whose money may still move never fall back. */
const RESPONSES: Readonly<Partial<Record<StandardCode, readonly string[]>>> = {
	declined: [
		'0800', // bad response, a reversal is under way
		'10BR', // rejected by the issuer
		'1393', // cannot be completed
		'5100', // generic
		'5210', // invalid transaction
		'5800', // reversal rejected
		'7800', // number range not known
		'8100', // connection lost for good
		'9540', // refused
		'9600', // a code PayPal does not know
		'PCNR',
		'PPCR',
		'PPAR',
		'PPDT',
		'PPIF',
		'PPLR',
		'PPSD',
	],
	do_not_honor: ['0500', 'PPDV'],
	call_issuer: ['0100', '9530'],
	not_permitted: ['5700', '5160', '0580', 'PPAG', 'PPAU', 'PPBG', 'PPQC'],
	card_not_supported: ['PPFI', 'PPPM', 'PPPI'],
	currency_not_supported: ['1320', 'PPCU', 'PPDC'],
	restricted_card: ['5180', '1352', 'PPAB', 'PPFR'],
	card_not_active: ['5930'],
	account_closed: ['5140', 'PP06'],
	account_not_found: ['0390', '1330', '1335', '6300'],
	account_updated: ['5950'],
	payments_stopped: ['0R00'],
	reattempt_not_permitted: ['PPRN', '5910'],
	duplicate_transaction: ['5200'],
	insufficient_funds: ['5120'],
	card_limit_exceeded: ['5710', 'PPAX'],
	frequency_limit_exceeded: ['PPEL', 'PPNL'],
	amount_not_allowed: ['1310', 'PPAI'],
	processing_error: ['0880', '0960', '8000', '8110', '9100', 'PPER', 'PPNT', 'PPTT'],
	issuer_unavailable: ['5900', '5920'],
	gateway_unavailable: ['8220', '8010', 'PPSE', 'PPTE'],
	gateway_setup: [
		'8020',
		'8030',
		'1340',
		'1350',
		'1370',
		'1360',
		'PPAE',
		'PPCE',
		'PPNC',
		'PPNM',
		'PPRR',
		'PPVT',
	],
	authentication_required: ['5650'],
	authentication_failed: ['7710', 'PPUA'],
	authentication_unavailable: ['7700', 'PPD3'],
	stolen_card: ['9520'],
	pick_up_card: ['5150'],
	suspected_fraud: ['9500'],
	security_violation: ['9510'],
	blocked_by_gateway: ['PPMC'],
	incorrect_number: ['1390'],
	incorrect_cvc: ['00N7', '1382', '5110', 'PCVV', 'PPC2'],
	incorrect_expiry: ['1380', 'PPEX'],
	incorrect_address: ['5170', '5190', 'PPAD', 'PPAV'],
	incorrect_pin: ['0890', '5130', '5500', '7900'],
	pin_tries_exceeded: ['5135'],
	expired_card: ['5400', 'PPEF'],
	method_not_taken: ['PPCT', 'PPCO', 'PPDI', 'PPTF'],
	invalid_request: ['1300', '1312', '1317', '1384', 'PPFV', 'PPII', 'PPIM', 'PPIT', 'PPMB', 'PPMD', 'PPTV'],
}

const entriesOf = (codes: typeof ISSUES): DeclineEntry[] =>
	Object.entries(codes).flatMap(([standard, listed]) =>
		listed.map((code) => ({ code, standard: standard as StandardCode })),
	)

export const PAYPAL_DECLINES: readonly DeclineEntry[] = [...entriesOf(ISSUES), ...entriesOf(RESPONSES)]
