import { html, json, type Reply } from '../http/message.ts'

/** The page is the same for everybody; only who may frame it differs. Its script reads the query itself. */
export function cardFrame(query: URLSearchParams): Reply {
	const given = query.get('parent') ?? ''
	const parent = URL.canParse(given) ? new URL(given) : undefined
	if (parent?.protocol !== 'http:' && parent?.protocol !== 'https:') {
		return json(
			{ error: { type: 'invalid_request_error', message: 'parent must be an origin', param: 'parent' } },
			400,
		)
	}
	const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
	return html(
		page(theme),
		`default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${parent.origin}`,
	)
}

const field = (id: string, label: string, autocomplete: string, placeholder: string) =>
	`<div class="field">
<label for="${id}">${label}</label>
<input id="${id}" name="${id}" autocomplete="${autocomplete}" inputmode="numeric" placeholder="${placeholder}" aria-describedby="${id}-error" required>
<p class="error" id="${id}-error" aria-live="polite"></p>
</div>`

const page = (theme: string) => `<!doctype html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Card details</title>
<link rel="stylesheet" href="/assets/card-frame.css">
</head>
<body>
<form novalidate>
${field('number', 'Card number <span class="brand" id="brand"></span>', 'cc-number', '1234 1234 1234 1234')}
<div class="pair">
${field('expiry', 'Expiry', 'cc-exp', 'MM / YY')}
${field('cvc', 'Security code', 'cc-csc', 'CVC')}
</div>
<details>
<summary>Sandbox: use 4242 4242 4242 4242</summary>
<ul id="test-cards" aria-label="Fill test card"></ul>
</details>
</form>
<script type="module" src="/assets/card-frame.js"></script>
</body>
</html>`
