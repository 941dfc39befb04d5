import type { BrowserContext } from 'playwright-core'

/**
 * Stands in for www.paypal.com/sdk/js as far as our page can tell: a button in the container, its own window, then the
 * callbacks in PayPal's order. The window shows the sandbox's page; its way back is the end of the window.
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
	// Where PayPal's own window would be told by its page, this one is led back to the shop.
	const wayBack = (url: URL) => url.pathname.startsWith('/checkout/') && url.searchParams.has('token')
	await context.route(wayBack, (route) =>
		route.fulfill({ contentType: 'text/html', body: '<title>Back</title>' }),
	)
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
		if (!opened || opened.closed) return props.onCancel({})
		opened.location.href = `${sandboxUrl}/paypal/checkoutnow?token=${orderID}`
		const search = await end(opened)
		opened.close()
		if (search === null || search.has('canceled')) props.onCancel({ orderID })
		else await props.onApprove({ orderID }, {})
	}

	/** What the window came back with; null when it was closed. */
	async function end(opened: Window): Promise<URLSearchParams | null> {
		while (!opened.closed) {
			await new Promise((resolve) => setTimeout(resolve, 50))
			try {
				if (opened.location.origin === window.location.origin && opened.document.title === 'Back')
					return new URLSearchParams(opened.location.search)
			} catch {
				// It shows another site's page.
			}
		}
		return null
	}

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
