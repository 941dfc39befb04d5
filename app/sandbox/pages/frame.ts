import { html, json, type Reply } from '../http/message.ts'

const RULES =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

interface Frame {
	title: string
	styles: string[]
	script: string
	body: string
	/** On the root element, for the script to read. */
	data?: Record<string, string>
}

const stylesheet = (name: string) => `<link rel="stylesheet" href="/assets/${name}">`

/** A page for another's iframe, the same for everybody; only who may frame it differs. */
export function frame(query: URLSearchParams, { body, data = {}, script, styles, title }: Frame): Reply {
	const given = query.get('parent') ?? ''
	const parent = URL.canParse(given) ? new URL(given) : undefined
	if (parent?.protocol !== 'http:' && parent?.protocol !== 'https:') return notAsked('parent', 'an origin')
	const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
	const attributes = Object.entries({ ...data, theme }).map(([name, value]) => ` data-${name}="${value}"`)
	return html(
		`<!doctype html>
<html lang="en"${attributes.join('')}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${styles.map(stylesheet).join('\n')}
</head>
<body>
${body}
<script type="module" src="/assets/${script}"></script>
</body>
</html>`,
		`${RULES}; frame-ancestors ${parent.origin}`,
	)
}

export function notAsked(param: string, what: string): Reply {
	const message = `${param} must be ${what}`
	return json({ error: { type: 'invalid_request_error', message, param } }, 400)
}

interface Field {
	id: string
	label: string
	autocomplete: string
	placeholder?: string
	inputmode?: 'numeric' | 'text' | 'email'
}

export const field = ({ autocomplete, id, inputmode = 'numeric', label, placeholder = '' }: Field) =>
	`<div class="field">
<label for="${id}">${label}</label>
<input id="${id}" name="${id}" autocomplete="${autocomplete}" inputmode="${inputmode}" placeholder="${placeholder}" aria-describedby="${id}-error" required>
<p class="error" id="${id}-error" aria-live="polite"></p>
</div>`

export const choice = (id: string, label: string, options: [value: string, text: string][]) =>
	`<div class="field">
<label for="${id}">${label}</label>
<select id="${id}" name="${id}">
${options.map(([value, text]) => `<option value="${value}">${text}</option>`).join('\n')}
</select>
</div>`

/** Values that may be filled in with one press. */
export const hints = (summary: string, label: string) => `<details>
<summary>${summary}</summary>
<ul id="test-values" aria-label="${label}"></ul>
</details>`
