import type { Reply } from '../http/message.ts'
import { choice, field, frame, hints, notAsked } from './frame.ts'

const NAME = field({ id: 'name', label: 'Account holder', autocomplete: 'name', inputmode: 'text' })
const EMAIL = field({ id: 'email', label: 'E-mail', autocomplete: 'email', inputmode: 'email' })

const sepa = (payer: string) => `<form novalidate>
${field({ id: 'iban', label: 'IBAN', autocomplete: 'off', inputmode: 'text', placeholder: 'DE00 0000 0000 0000 0000 00' })}
${payer}
${hints('Sandbox: use AT61 1904 3002 3457 3201', 'Fill test account')}
</form>`

const ach = (payer: string) => `<form novalidate>
<div class="pair">
${field({ id: 'routing', label: 'Routing number', autocomplete: 'off', placeholder: '9 digits' })}
${field({ id: 'account', label: 'Account number', autocomplete: 'off', placeholder: '000123456789' })}
</div>
<div class="pair">
${choice('holder', 'Held by', [
	['individual', 'A person'],
	['company', 'A company'],
])}
${choice('kind', 'Kind of account', [
	['checking', 'Checking'],
	['savings', 'Savings'],
])}
</div>
${payer}
${hints('Sandbox: use 110000000 and 000123456789', 'Fill test account')}
</form>`

/** The account to be debited. That the payer agrees to it is shown and asked by the parent. */
export function bankFrame(query: URLSearchParams): Reply {
	const type = query.get('type')
	if (type !== 'sepa_debit' && type !== 'us_bank_account') {
		return notAsked('type', 'sepa_debit or us_bank_account')
	}
	// A parent that knows who pays says so with each submit.
	const asksPayer = query.get('payer') !== 'parent'
	const payer = asksPayer ? `${NAME}\n${EMAIL}` : ''
	return frame(query, {
		title: 'Bank account',
		styles: ['frame.css'],
		script: 'bank-frame.js',
		body: type === 'sepa_debit' ? sepa(payer) : ach(payer),
		data: { type, payer: asksPayer ? 'here' : 'parent' },
	})
}
