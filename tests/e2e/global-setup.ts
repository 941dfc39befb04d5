import { mkdir, rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { startChromium } from './chromium.ts'
import { startProduct, type Product } from './product.ts'

export const SCREENS = new URL('screens/', import.meta.url).pathname

declare module 'vitest' {
	interface ProvidedContext {
		product: Product
		browserEndpoint: string
	}
}

/** The whole product as a user starts it, and one browser; tests open windows of their own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await rm(SCREENS, { recursive: true, force: true })
	await mkdir(SCREENS, { recursive: true })
	const { product, stop } = await startProduct()
	const browser = await startChromium().catch(async (error: unknown) => {
		await stop()
		throw error
	})
	project.provide('product', product)
	project.provide('browserEndpoint', browser.wsEndpoint())
	return async () => {
		await browser.close()
		await stop()
	}
}
