const done = document.querySelector('[data-outcome]')

if (done instanceof HTMLElement && window.opener !== null) {
	const { order, outcome } = done.dataset
	window.opener.postMessage({ source: 'tillhouse-sandbox', type: 'paypal_done', order, outcome }, '*')
	window.close()
}
