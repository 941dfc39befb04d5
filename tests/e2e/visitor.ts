import {
	chromium,
	type Browser,
	type BrowserContext,
	type BrowserContextOptions,
	type Page,
} from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import { SCREENS } from './global-setup.ts'

export const product = inject('product')

/** Everything a page may wait for; what takes longer is broken. */
const PATIENCE_MS = 15_000
export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }
/** Every card number a test typed into a form. */
export const typedCards = new Set<string>()

export type Visitor = { page: Page; context: BrowserContext; complaints: string[] }
export type VisitorOptions = BrowserContextOptions & {
	/** Failed requests this visitor brings about on purpose; anything else in the console fails the test. */
	mayFail?: RegExp
}

let browser: Promise<Browser> | undefined

/**
 * A person with a browser of their own. At the end of the test the console of the browser must be clean, no
 * content policy violated, and no card number sent to our server.
 */
export async function openVisitor({ mayFail, ...options }: VisitorOptions = {}): Promise<Visitor> {
	browser ??= chromium.connect(inject('browserEndpoint'))
	const context = await (
		await browser
	).newContext({ viewport: DESKTOP, baseURL: product.baseUrl, ...options })
	context.setDefaultTimeout(PATIENCE_MS)
	const complaints: string[] = []
	const leaks: string[] = []
	listenForComplaints(context, complaints, mayFail)
	watchForCards(context, leaks)
	onTestFinished(async ({ task }) => {
		if (task.result?.state === 'fail') await photograph(context, task.name)
		await context.close()
		expect(complaints, 'the browser complained').toEqual([])
		expect(leaks, 'card numbers reached our server').toEqual([])
	})
	return { page: await context.newPage(), context, complaints }
}

async function photograph(context: BrowserContext, test: string): Promise<void> {
	for (const page of context.pages()) {
		const name = `failed ${test} ${new URL(page.url()).pathname}`.replaceAll(/\W+/g, '-')
		await page.screenshot({ path: `${SCREENS}${name}.png` })
	}
}

function listenForComplaints(context: BrowserContext, complaints: string[], mayFail: RegExp | undefined) {
	const complain = (text: string, url: string) => {
		if (!mayFail?.test(text)) complaints.push(`${text} (${url})`)
	}
	context.on('console', (message) => {
		if (message.type() !== 'error' && message.type() !== 'warning') return
		if (!isOvertaken(message.text())) complain(message.text(), message.location().url)
	})
	context.on('weberror', (web) => {
		const { stack, message } = web.error()
		complain(`uncaught: ${stack ?? message}`, '')
	})
}

/** The router says so of a navigation whose request was given up for the next one. */
const isOvertaken = (text: string): boolean => text.startsWith('AbortError: signal is aborted without reason')

function watchForCards(context: BrowserContext, leaks: string[]) {
	context.on('request', (request) => {
		if (!request.url().startsWith(product.baseUrl)) return
		const sent = [request.url(), request.postData() ?? '', ...Object.values(request.headers())].join('\n')
		const text = sent.replaceAll(/%20|[ +-]/g, '')
		for (const card of typedCards) {
			if (text.includes(card)) leaks.push(`${request.method()} ${request.url()}: ${card}`)
		}
	})
}
