import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { chromium, type BrowserServer } from 'playwright-core'

const FLAGS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
]

/** CHROMIUM_PATH and nothing else when it is set; otherwise the system's, otherwise Playwright's own. */
export async function chromiumPath(): Promise<string | undefined> {
	const asked = process.env['CHROMIUM_PATH']
	for (const path of asked ? [asked] : ['/usr/bin/chromium', chromium.executablePath()]) {
		const canRun = await access(path, constants.X_OK).then(
			() => true,
			() => false,
		)
		if (canRun) return path
	}
	return undefined
}

export async function startChromium(): Promise<BrowserServer> {
	const executablePath = await chromiumPath()
	if (!executablePath) throw new Error('No Chromium: start the browser tests with npm run test:e2e.')
	const isRoot = process.getuid?.() === 0
	return chromium.launchServer({ executablePath, args: isRoot ? ['--no-sandbox', ...FLAGS] : FLAGS })
}
