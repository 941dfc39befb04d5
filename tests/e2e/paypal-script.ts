import type { BrowserContext } from 'playwright-core'

/**
 * Stands in for www.paypal.com/sdk/js as far as our page can tell: a button in the container, its own window, then the
 * callbacks in PayPal's order. The window shows the sandbox's page.
 */
export async function playPayPal(
	context: BrowserContext,
	sandboxUrl: string,
): Promise<{ asked: URLSearchParams[] }> {
	const asked: URLSearchParams[] = []
	await context.route('https://www.paypal.com/sdk/js?*', async (route) => {
		asked.push(new URL(route.request().url()).searchParams)
		await route.fulfill({ contentType: 'text/javascript', body: `(${script.toString()})('${sandboxUrl}')` })
	})
	// PayPal's own page tells its opener what the payer did; the sandbox's would lead this window back to the shop.
	await context.route(`${sandboxUrl}/paypal/checkoutnow?*`, async (route) => {
		const isWindow = (await route.request().frame().page().opener()) !== null
		if (!isWindow || route.request().method() !== 'POST') return route.continue()
		const { location } = (await route.fetch({ maxRedirects: 0 })).headers()
		const isCanceled = new URL(location ?? '', sandboxUrl).searchParams.has('canceled')
		const body = `<script>opener.postMessage({ paypal: '${isCanceled ? 'canceled' : 'approved'}' }, '*')</script>`
		await route.fulfill({ contentType: 'text/html', body })
	})
	return { asked }
}

type Callbacks = {
	onInit(data: object, actions: object): void
	onClick(data: object, actions: object): Promise<void> | void
	createOrder(data: object, actions: object): Promise<string>
	onApprove(data: { orderID: string }, actions: object): Promise<void>
	onCancel(data: { orderID?: string }, actions: object): void
	onError(error: unknown): void
}

/** Runs in the page. */
function script(sandboxUrl: string): void {
	const done = async () => undefined

	async function pressed(props: Callbacks) {
		let isAllowed = true
		await props.onClick({}, { resolve: done, reject: async () => void (isAllowed = false) })
		if (!isAllowed) return
		const opened = window.open('about:blank', 'paypal', 'width=500,height=700')
		let orderID: string | undefined
		try {
			orderID = await props.createOrder({ paymentSource: 'paypal' }, {})
		} catch (error) {
			opened?.close()
			return props.onError(error)
		}
		if (!opened || opened.closed) return props.onCancel({}, {})
		opened.location.href = `${sandboxUrl}/paypal/checkoutnow?token=${orderID}`
		const answer = await answerOf(opened)
		opened.close()
		if (answer === 'approved') await props.onApprove({ orderID }, {})
		else props.onCancel({ orderID }, {})
	}

	/** Null when the window was closed. */
	const answerOf = (opened: Window) =>
		new Promise<string | null>((resolve) => {
			const watch = setInterval(() => opened.closed && resolve(null), 50)
			window.addEventListener('message', ({ source, data }: MessageEvent<{ paypal: string }>) => {
				if (source !== opened) return
				clearInterval(watch)
				resolve(data.paypal)
			})
		})

	const buttons = (props: Callbacks) => ({
		isEligible: () => true,
		close: done,
		async render(container: HTMLElement) {
			const button = document.createElement('button')
			button.type = 'button'
			button.textContent = 'Pay with PayPal, in its own window'
			button.addEventListener('click', () => void pressed(props))
			container.replaceChildren(button)
			props.onInit({}, { enable: done, disable: done })
		},
	})
	Object.assign(window, { paypal: { version: '5.0', Buttons: buttons } })
}
