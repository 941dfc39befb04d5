import { DisputePage } from './dispute-shape.server.ts'
import { readJson } from './read-answer.server.ts'
import type { Transport } from './transport.server.ts'

const PAGE = '50'
const MOST_LISTED = 2_000

/** Names of cases, page by page. The next page is asked for where we ask, wherever its link leads. */
async function listDisputes(send: Transport, asked: Readonly<Record<string, string>>): Promise<string[]> {
	const found: string[] = []
	let query: URLSearchParams | null = new URLSearchParams({ ...asked, page_size: PAGE })
	while (query !== null && found.length < MOST_LISTED) {
		const path = `/v1/customer/disputes?${query}`
		const page: DisputePage = DisputePage.parse(readJson(await send({ method: 'GET', path, headers: {} })))
		found.push(...page.items.map((item) => item.dispute_id))
		const next = page.links.find(({ rel }) => rel === 'next')?.href
		query = next === undefined || page.items.length === 0 ? null : new URL(next).searchParams
	}
	return found
}

export const disputeRefsSince = (send: Transport, since: Date): Promise<string[]> =>
	listDisputes(send, { start_time: since.toISOString() })

/** The cases about one charge. */
export const disputeRefsOf = (send: Transport, captureId: string): Promise<string[]> =>
	listDisputes(send, { disputed_transaction_id: captureId })
