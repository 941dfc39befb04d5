import { expect, test } from 'vitest'
import { exchangeBackWords } from './exchange-words.ts'

const back = (result: number, status: 'succeeded' | 'failed' = 'succeeded') =>
	exchangeBackWords({ exchange: { amount: 1_200, currency: 'usd', result }, status })

test('a refund says what it takes, and what the rates did', () => {
	expect(back(0)).toBe('Takes $12.00 from your balance, at the rate of the payment.')
	expect(back(120)).toContain('cost $1.20 more, booked as an exchange loss')
	expect(back(-100)).toContain('cost $1.00 less, booked as an exchange gain')
	expect(back(120, 'failed')).toBe('$12.00 is back in your balance, as before.')
	expect(exchangeBackWords({ exchange: null, status: 'succeeded' })).toBe('')
})
