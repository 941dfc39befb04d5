import { action as beginPage } from '#app/routes/auth/google.ts'
import { loader as callbackPage } from '#app/routes/auth/google-callback.ts'
import { action as signUpPage } from '#app/routes/auth/google-signup.tsx'
import type { Browsing, Seen } from './browsing.ts'
import type { House } from './house.ts'

export type AtGoogle = { email: string; name?: string; verified?: boolean; sub?: string }

/** The address of Google's page that the browser is sent to. */
export async function setOut(browser: Browsing, form: Record<string, string> = {}): Promise<URL> {
	const { status, location } = await browser.post(beginPage, '/login/google', form)
	if (status !== 302 || !location?.startsWith('http')) throw new Error(`not sent to Google: ${location}`)
	return new URL(location)
}

/** What the page of the stand-in does when its form is sent; gives where the browser is sent back to. */
export async function choose(page: URL, who: AtGoogle | 'cancel'): Promise<URL> {
	const form =
		who === 'cancel'
			? { outcome: 'cancel' }
			: {
					outcome: 'continue',
					who: 'typed',
					email: who.email,
					name: who.name ?? 'Ada Lace',
					sub: who.sub ?? '',
					...(who.verified !== false && { verified: 'on' }),
				}
	const answer = await fetch(page, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
	if (answer.status !== 303) throw new Error(`the stand-in refused: ${await answer.text()}`)
	return new URL(answer.headers.get('location') ?? '')
}

export const comeBack = (browser: Browsing, { pathname, search }: URL): Promise<Seen> =>
	browser.get(callbackPage, pathname + search)

/** There and back again, as somebody who presses the button does it. */
export const throughGoogle = async (
	browser: Browsing,
	who: AtGoogle | 'cancel',
	form: Record<string, string> = {},
): Promise<Seen> => comeBack(browser, await choose(await setOut(browser, form), who))

export const nameBusiness = (browser: Browsing, merchant_name = 'Lace & Co', name = 'Ada Lace') =>
	browser.post(signUpPage, '/signup/google', { name, merchant_name })

/** What will be wrong with the next token. */
export async function spoilNext({ sandbox }: House, ...next: string[]): Promise<void> {
	const body = JSON.stringify({ next })
	const answer = await fetch(`${sandbox.url}/sandbox/google`, { method: 'POST', body })
	if (!answer.ok) throw new Error(await answer.text())
}
