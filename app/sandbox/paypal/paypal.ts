import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer, json, type Reply } from '../http/message.ts'
import { pages } from '../pages/pages.ts'
import type { Desk } from '../sandbox.ts'
import { paypalApi } from './api.ts'
import { cardTokens } from './card-tokens.ts'

const PEM = { 'Content-Type': 'application/x-pem-file' }
const CERTIFICATES = '/paypal/v1/notifications/certs/'

/** Everything below `/paypal/`: the API, and beside it what needs no token. */
export function paypal(desk: Desk) {
	const api = paypalApi(desk)

	return async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
		const { pathname } = url
		if (pathname.startsWith(CERTIFICATES)) return answer(response, await certificate(desk, pathname))
		if (/^\/paypal\/v\d\//.test(pathname)) return api(request, response, url)
		if (pathname === '/paypal/sandbox/root.pem') {
			const { root } = await desk.certificates.signer()
			return answer(response, { status: 200, body: root, headers: PEM })
		}
		if (pathname === '/paypal/sandbox/card-tokens') return answer(response, await cardTokens(desk, request))
		answer(response, await pages(desk, request, url))
	}
}

async function certificate(desk: Desk, pathname: string): Promise<Reply> {
	const { chain, name } = await desk.certificates.signer()
	if (pathname !== `${CERTIFICATES}${name}`) return json({ name: 'RESOURCE_NOT_FOUND' }, 404)
	return { status: 200, body: chain, headers: PEM }
}
