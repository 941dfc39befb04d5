import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FrameLocator, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { openVisitor, product, type VisitorOptions } from './visitor.ts'

export const PUBLISHABLE_KEY = 'pk_test_sandbox_tillhouse'

type Message = Record<string, unknown> & { type: string }

export type Shop = {
	page: Page
	frame: FrameLocator
	say: (command: object) => Promise<void>
	/** The last message of this type, as soon as there is one. */
	hear: (type: string) => Promise<Message>
	heard: () => Promise<Message[]>
}

declare global {
	interface Window {
		heard: Message[]
	}
}

const page = (address: string, theme: string) => `<!doctype html>
<html lang="en" style="color-scheme: ${theme}; background: ${theme === 'dark' ? '#18181b' : '#fff'}">
<title>A shop</title>
<main><h1 hidden>A shop</h1><iframe title="Frame" src="${address.replaceAll('&', '&amp;')}"
style="width: 100%; height: 80px; border: 0; color-scheme: ${theme}"></iframe></main>
<script>
window.heard = []
addEventListener('message', ({ data, origin }) => {
	if (origin !== ${JSON.stringify(new URL(product.sandboxUrl).origin)}) return
	window.heard.push(data)
	if (data.type === 'resize') document.querySelector('iframe').style.height = data.height + 'px'
})
</script>
</html>`

/** A shop's page of another origin with one of the sandbox's frames in it, and what the frame told it. */
export async function openShop(
	frame: string,
	params: Record<string, string> = {},
	options: VisitorOptions = {},
): Promise<Shop> {
	const theme = options.colorScheme === 'dark' ? 'dark' : 'light'
	let address = ''
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page(address, theme))
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	const query = new URLSearchParams({ pk: PUBLISHABLE_KEY, parent: origin, theme, ...params })
	address = `${product.sandboxUrl}/frame/${frame}?${query.toString()}`
	const visitor = await openVisitor(options)
	await visitor.page.goto(origin)
	const heard = () => visitor.page.evaluate(() => window.heard)
	const hear = async (type: string) => {
		let found: Message | undefined
		await expect
			.poll(async () => (found = (await heard()).findLast((message) => message.type === type)), {
				timeout: 15_000,
			})
			.toBeDefined()
		if (!found) throw new Error(`The frame said no ${type}`)
		return found
	}
	await hear('ready')
	return {
		page: visitor.page,
		frame: visitor.page.getByTitle('Frame').contentFrame(),
		say: (command) =>
			visitor.page.evaluate(
				(message) => {
					const target = document.querySelector('iframe')
					target?.contentWindow?.postMessage(message, new URL(target.src).origin)
				},
				{ source: 'tillhouse', ...command },
			),
		hear,
		heard,
	}
}
