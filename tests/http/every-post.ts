import { processPayment } from '#jobs/catalog/payments.ts'
import type { Answer, House } from '#tests/support/house.ts'
import { runNow, takePayment } from '../integration/payments/by-hand.ts'

export type Prepared = { path: string; body: object }

export type ApiPost = {
	name: string
	status: number
	/** The request, and a payment fit for it, in a house without a worker: what is charged is charged by hand. */
	prepare(house: House): Promise<Prepared>
	/** Another body for the same path; where there are no parameters, nothing spelled otherwise. */
	otherBody: string
}

const PATH = '/api/v1/payments'
export const CARD = { amount: 2_000, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const HELD = { ...CARD, capture_method: 'manual' }
const REVIEWED = { ...CARD, amount: 600_000, currency: 'usd' }

const about = (fields: object, operation: string, body: object) => async (house: House) => {
	const id = await takePayment(house, fields)
	if ('confirm' in fields && fields.confirm) await runNow(house, processPayment)
	return { path: `${PATH}/${id}/${operation}`, body }
}

/** Every POST of the API that changes something. */
export const EVERY_POST: readonly ApiPost[] = [
	{
		name: 'create',
		status: 201,
		prepare: async () => ({ path: PATH, body: CARD }),
		otherBody: JSON.stringify({ ...CARD, amount: 1_000 }),
	},
	{
		name: 'confirm',
		status: 200,
		prepare: about({ ...CARD, confirm: false }, 'confirm', {}),
		otherBody: '{"payment_method":"pm_card_mastercard"}',
	},
	{
		name: 'capture',
		status: 200,
		prepare: about(HELD, 'capture', {}),
		otherBody: '{"amount_to_capture":500}',
	},
	{ name: 'cancel', status: 200, prepare: about(HELD, 'cancel', {}), otherBody: '{ }' },
	{ name: 'approve', status: 200, prepare: about(REVIEWED, 'approve', {}), otherBody: '{ }' },
	{ name: 'reject', status: 200, prepare: about(REVIEWED, 'reject', {}), otherBody: '{ }' },
	{
		name: 'refund',
		status: 201,
		prepare: about(CARD, 'refund', { amount: 700 }),
		otherBody: '{"amount":500}',
	},
]

export const isReplay = ({ headers }: Answer): boolean => headers.get('idempotent-replayed') === 'true'

/** Sends a request under a key. */
export const sendUnder = (house: House, key: string, { path, body }: Prepared, headers = {}) =>
	house.call('POST', path, body, { 'idempotency-key': key, ...headers })
