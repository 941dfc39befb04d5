/** The one merchant and the one buyer of the sandbox. */
export const MERCHANT = { email_address: 'merchant@paypal.sandbox.test', merchant_id: 'SBXMERCHANT01' }

export const BUYER_ID = 'SBXBUYER00001'
const NAME = { given_name: 'Sandbox', surname: 'Buyer' }
const EMAIL = 'buyer@paypal.sandbox.test'
const ADDRESS = { country_code: 'US' }

export const PAYER = { name: NAME, email_address: EMAIL, payer_id: BUYER_ID, address: ADDRESS }

export const ACCOUNT = {
	email_address: EMAIL,
	account_id: BUYER_ID,
	account_status: 'VERIFIED',
	name: NAME,
	address: ADDRESS,
}
