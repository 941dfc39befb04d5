import type { IncomingMessage } from 'node:http'
import { json, readBody, type Reply } from '../http/message.ts'
import type { Desk } from '../sandbox.ts'
import { asset } from './assets.ts'
import { bankFrame } from './bank-frame.ts'
import { cardFrame } from './card-frame.ts'
import { showMandate } from './mandate.ts'
import { paypalPage } from './paypal.ts'
import { showChallenge, takeDecision } from './three-d-secure.ts'
import { walletFrame } from './wallet-frame.ts'

const FRAMES: Record<string, (query: URLSearchParams) => Reply> = {
	card: cardFrame,
	bank: bankFrame,
	wallet: walletFrame,
}

/** What browsers open: the frames, the challenge of the card's bank, mandates, and the files they need. */
export async function pages(desk: Desk, request: IncomingMessage, url: URL): Promise<Reply> {
	const [, place = '', name = ''] = url.pathname.split('/')
	const body = await readBody(request)
	if (place === 'paypal') return paypalPage(desk, request.method, name, url, body)
	const found =
		place === '3ds' ? challenge(desk, request.method, name, url, body) : plain(desk, place, name, url)
	return found ?? json({ error: { type: 'invalid_request_error', message: 'No such page' } }, 404)
}

function plain(desk: Desk, place: string, name: string, url: URL): Reply | undefined {
	if (place === 'assets') return asset(name)
	if (place === 'mandates') return showMandate(desk, name)
	return place === 'frame' && Object.hasOwn(FRAMES, name) ? FRAMES[name]?.(url.searchParams) : undefined
}

function challenge(desk: Desk, method: string | undefined, id: string, url: URL, body: string): Reply {
	const secret = url.searchParams.get('client_secret')
	if (method !== 'POST') return showChallenge(desk, id, secret)
	return takeDecision(desk, id, secret, new URLSearchParams(body).get('outcome'))
}
