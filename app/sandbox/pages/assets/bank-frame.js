// @ts-check
import { format, problem } from './bank-fields.js'
import { bankToken } from './bank-token.js'
import { formFrame, key } from './form-frame.js'
import { ACCOUNTS, IBANS, offerValues } from './test-values.js'

/** @typedef {import('./bank-fields.js').FieldName} FieldName */

const isSepa = document.documentElement.dataset['type'] === 'sepa_debit'
const type = isSepa ? 'sepa_debit' : 'us_bank_account'

/** @type {FieldName[]} */
const payer = document.documentElement.dataset['payer'] === 'here' ? ['name', 'email'] : []
/** @type {FieldName[]} */
const names = isSepa ? ['iban', ...payer] : ['routing', 'account', 'holder', 'kind', ...payer]

/** @type {ReturnType<typeof formFrame<FieldName>>} */
const form = formFrame({
	names,
	format,
	problem,
	send: (message) => bankToken(key, type, form.text, { ...message, asksPayer: payer.length > 0 }),
})

offerValues('test account', isSepa ? IBANS : ACCOUNTS, (number) => {
	const owner = payer.length > 0 && {
		name: form.text('name') || 'Dora Debit',
		email: form.text('email') || 'dora@sandbox.example',
	}
	form.fill(isSepa ? { iban: number, ...owner } : { routing: '110000000', account: number, ...owner })
})
form.start()
