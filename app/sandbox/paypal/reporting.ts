import type { PayPalTransaction } from '../books/paypal-shapes.ts'
import type { Call, Handler, Routes } from './call.ts'
import { PayPalError } from './errors.ts'
import { link } from './links.ts'
import { MERCHANT, PAYER } from './parties.ts'
import { written } from './times.ts'
import { viewTransaction } from './transaction-view.ts'

const LONGEST_RANGE_SECONDS = 31 * 86_400
const LARGEST_PAGE = 500

const badQuery = (field: string, description: string): PayPalError =>
	new PayPalError('INVALID_REQUEST', [
		{ issue: 'INVALID_PARAMETER_VALUE', description, field, location: 'query' },
	])

function instant({ query }: Call, name: string): number {
	const at = Date.parse(query.get(name) ?? '')
	if (Number.isNaN(at)) throw badQuery(name, 'A date and time with its offset is required.')
	return at / 1000
}

function whole({ query }: Call, name: string, fallback: number, largest: number): number {
	const value = Number(query.get(name) ?? fallback)
	if (Number.isInteger(value) && value >= 1 && value <= largest) return value
	throw badQuery(name, `Must be a whole number from 1 to ${largest}.`)
}

/** Transaction Search, oldest first. At PayPal a movement shows up within three hours, here at once. */
const search: Handler = (desk, call) => {
	const from = instant(call, 'start_date')
	const to = instant(call, 'end_date')
	if (to < from) throw badQuery('end_date', 'The end date is before the start date.')
	if (to - from > LONGEST_RANGE_SECONDS) throw badQuery('end_date', 'The date range is greater than 31 days.')
	const size = whole(call, 'page_size', 100, LARGEST_PAGE)
	const page = whole(call, 'page', 1, 2_147_483_647)
	const matches = filterOf(call)
	const rows = desk.books.paypalTransactions
		.all()
		.filter((row) => row.created >= Math.floor(from) && row.created <= to && matches(row))
	const pages = Math.ceil(rows.length / size)
	const everything = /\b(all|payer_info)\b/.test(call.query.get('fields') ?? '')
	return {
		status: 200,
		body: {
			transaction_details: rows.slice((page - 1) * size, page * size).map((row) => ({
				transaction_info: viewTransaction(row),
				...(everything && payer(row)),
			})),
			account_number: MERCHANT.merchant_id,
			start_date: written(Math.floor(from)).replace('Z', '+0000'),
			end_date: written(Math.floor(to)).replace('Z', '+0000'),
			last_refreshed_datetime: written(desk.clock.seconds()).replace('Z', '+0000'),
			page,
			total_items: rows.length,
			total_pages: pages,
			links: linksOf(call, page, pages).map(([rel, path]) => link(desk, rel, path)),
		},
	}
}

function filterOf({ query }: Call): (row: PayPalTransaction) => boolean {
	const wanted = (name: string) => query.get(name)
	const [id, code, currency] = ['transaction_id', 'transaction_type', 'transaction_currency'].map(wanted)
	const status = wanted('transaction_status')
	return (row) =>
		(id == null || row.id === id) &&
		(code == null || row.code === code) &&
		(currency == null || row.amount.currency === currency) &&
		(status === null || status === 'S')
}

const payer = ({ code }: PayPalTransaction): object =>
	code === 'T0006' || code === 'T1107'
		? {
				payer_info: {
					account_id: PAYER.payer_id,
					email_address: PAYER.email_address,
					payer_status: 'Y',
					payer_name: PAYER.name,
					country_code: PAYER.address.country_code,
				},
			}
		: {}

function linksOf({ query }: Call, page: number, pages: number): [string, string][] {
	const at = (number: number): string => {
		const params = new URLSearchParams(query)
		params.set('page', String(number))
		return `/v1/reporting/transactions?${params}`
	}
	return [['self', at(page)], ...(page < pages ? [['next', at(page + 1)] as [string, string]] : [])]
}

export const reportingRoutes: Routes = { 'GET /v1/reporting/transactions': search }
