import { answerPage } from './paypal/twin.ts'
import { gatewaySuite } from './port-suite.ts'

gatewaySuite({
	gateway: 'paypal',
	paid: 'sut_visa',
	declined: 'sut_declined',
	disputed: 'sut_dispute',
	approved: { method: 'paypal', approve: (url) => answerPage(url, 'pay') },
	paths: { charge: '/paypal/v2/checkout/orders', refund: '/paypal/v2/payments/captures' },
})
