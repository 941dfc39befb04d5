import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Response } from 'playwright-core'
import { expect, test } from 'vitest'
import inventory from '../../docs/payment-page.json' with { type: 'json' }
import { cardFormIsReady, chooseMethod, orderMug } from './shopping.ts'
import { openVisitor, product } from './visitor.ts'

// 6.4.3 and 11.6.1 of PCI DSS: what the browser received, against the list that gives each thing its reason.

const BUILT = new URL('../../build/client', import.meta.url)
const NOT_SECURITY =
	/^(cache-control|connection|content-encoding|content-type|date|keep-alive|request-id|transfer-encoding|vary)$/

const entriesFor = (from: (entry: { from: string }) => boolean, text: string) =>
	inventory.scripts.filter((entry) => from(entry) && new RegExp(entry.pattern).test(text))

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

test('the payment page runs the scripts of its inventory and no other, as they were built', async () => {
	const { page } = await openVisitor()
	const received: Response[] = []
	page.on('response', (response) => {
		const isPage = response.frame() === page.mainFrame()
		if (isPage && response.request().resourceType() === 'script') received.push(response)
	})
	await orderMug(page)
	received.length = 0
	const document = await page.reload()
	await cardFormIsReady(page)
	await chooseMethod(page, 'PayPal')

	expect(received.length).toBeGreaterThan(3)
	for (const response of received) {
		const { origin, pathname } = new URL(response.url())
		expect(origin).toBe(product.baseUrl)
		const known = entriesFor(({ from }) => from === 'self', pathname)
		expect({ pathname, known: known.length }).toEqual({ pathname, known: 1 })
		const built = await readFile(`${BUILT.pathname}${pathname}`)
		expect({ pathname, hash: sha256(await response.body()) }).toEqual({ pathname, hash: sha256(built) })
	}

	const html = (await document?.text()) ?? ''
	const nonce = /'nonce-([^']+)'/.exec(document?.headers()['content-security-policy'] ?? '')?.[1]
	const inline = [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)]
	expect(inline.length).toBeGreaterThan(2)
	const used = new Set<string>()
	for (const [, attributes = '', text = ''] of inline) {
		if (attributes.includes('src=')) continue
		expect(attributes).toContain(`nonce="${nonce}"`)
		const known = entriesFor(({ from }) => from === 'inline', text)
		expect({ text: text.slice(0, 60), known: known.length }).toEqual({ text: text.slice(0, 60), known: 1 })
		for (const { what } of known) used.add(what)
	}
	const listed = inventory.scripts.filter(({ from }) => from === 'inline').map(({ what }) => what)
	expect([...used].sort()).toEqual(listed.sort())
})

test('the payment page has the security headers of its inventory and no other', async () => {
	const { page } = await openVisitor()
	await orderMug(page)
	const document = await page.reload()
	const received = Object.fromEntries(
		Object.entries(document?.headers() ?? {})
			.filter(([name]) => !NOT_SECURITY.test(name))
			.map(([name, value]) => [
				name,
				value.replaceAll(product.sandboxUrl, '<sandbox>').replaceAll(/'nonce-[^']+'/g, "'nonce-…'"),
			]),
	)
	const listed = Object.entries(inventory.headers).filter(([, { value }]) => value !== null)
	expect(received).toEqual(Object.fromEntries(listed.map(([name, { value }]) => [name, value])))
})
