import { expect, test } from 'vitest'
import { DECLINES, declineMessage } from './decline-codes.server.ts'

test.each(Object.entries(DECLINES))(
	'%s says what happened to the money, in plain words',
	(_code, decline) => {
		expect(decline.words).toMatch(/Nothing was charged/)
		expect(decline.words).not.toMatch(/[A-Z]{3}_|_/)
		expect(decline.standard).toMatch(/^[a-z_]+$/)
	},
)

test('whoever holds a lost or stolen card is not told so', () => {
	expect(declineMessage('PAYMENT_DENIED', '9520')).not.toMatch(/lost|stolen/i)
})

test('the bank’s own code wins, and an unknown one leaves the issue’s words', () => {
	expect(declineMessage('PAYMENT_DENIED', '5120')).toContain('enough funds')
	expect(declineMessage('PAYER_CANNOT_PAY', 'ZZZZ')).toContain('cannot pay')
	expect(declineMessage('SOMETHING_NEW', null)).toContain('Nothing was charged')
})
