const done = document.querySelector('[data-outcome]')

if (done instanceof HTMLElement) {
	const { intent, outcome, return: back } = done.dataset
	if (window.parent !== window) {
		window.parent.postMessage(
			{ source: 'tillhouse-sandbox', type: '3ds_done', payment_intent: intent, outcome },
			'*',
		)
	} else if (back) {
		window.location.replace(back)
	}
}
