import { expect } from 'vitest'
import { gatewaySuite } from './port-suite.ts'

gatewaySuite({
	gateway: 'stripe',
	paid: 'pm_card_visa',
	declined: 'pm_card_visa_chargeDeclined',
	disputed: 'pm_card_createDispute',
	approved: {
		method: 'pm_card_authenticationRequired',
		async approve(url) {
			const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }) })
			expect(answer.status).toBe(200)
		},
	},
	paths: { charge: '/v1/payment_intents', refund: '/v1/refunds' },
})
