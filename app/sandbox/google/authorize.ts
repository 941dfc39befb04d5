import { html, type Reply } from '../http/message.ts'
import { escape } from '../pages/escape.ts'
import type { Desk } from '../sandbox.ts'
import { issuerOf } from './provider.ts'
import type { Asked } from './grants.ts'
import { person, READY, type Person } from './people.ts'

/** A browser also holds the redirect after a form to `form-action`, so the shop's page must be on the list. */
const policyFor = (asked: Asked | null): string => {
	const shop = asked ? ` ${new URL(asked.redirectUri).origin}` : ''
	return `default-src 'none'; style-src 'self'; form-action 'self'${shop}; base-uri 'none'; frame-ancestors 'none'`
}

const page = (title: string, body: string, asked: Asked | null, status = 200): Reply =>
	html(
		`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/assets/three-d-secure.css">
<link rel="stylesheet" href="/assets/google.css">
</head>
<body>
<main>
<p class="bank">Sandbox Google</p>
${body}
</main>
</body>
</html>`,
		policyFor(asked),
		status,
	)

const wrong = (what: string): Reply =>
	page('Not possible', `<h1>This sign-in cannot go on</h1>\n<p>${escape(what)}</p>`, null, 400)

/** What the shop asks for, or what is wrong with it: Google shows that on a page of its own and sends nobody back. */
function read({ options }: Desk, query: URLSearchParams): Asked | string {
	const text = (name: string) => query.get(name) ?? ''
	const redirectUri = text('redirect_uri')
	if (text('client_id') !== options.googleClientId) return 'invalid_client: this client is not known.'
	if (!/^https?:/.test(redirectUri) || !URL.canParse(redirectUri)) return 'redirect_uri_mismatch'
	if (text('response_type') !== 'code') return 'unsupported_response_type'
	if (!text('scope').split(' ').includes('openid')) return 'invalid_scope: openid is missing.'
	if (text('code_challenge_method') !== 'S256' || text('code_challenge').length !== 43) {
		return 'invalid_request: code_challenge must be of S256.'
	}
	return {
		clientId: text('client_id'),
		redirectUri,
		state: text('state'),
		nonce: query.get('nonce'),
		challenge: text('code_challenge'),
	}
}

/** Who signs in: one of those that are ready, or whoever is typed. */
export function authorize(desk: Desk, url: URL, form: URLSearchParams | null): Reply {
	const asked = read(desk, url.searchParams)
	if (typeof asked === 'string') return wrong(asked)
	if (!form) return choice(asked)
	const back = new URL(asked.redirectUri)
	back.searchParams.set('state', asked.state)
	back.searchParams.set('iss', issuerOf(desk))
	if (form.get('outcome') !== 'continue') back.searchParams.set('error', 'access_denied')
	else {
		const who = chosen(form)
		if (!who) return wrong('An e-mail address is needed.')
		back.searchParams.set('code', desk.google.grants.give(asked, who))
		back.searchParams.set('scope', 'openid email profile')
	}
	return { status: 303, body: '', headers: { Location: back.href } }
}

function chosen(form: URLSearchParams): Person | undefined {
	const email = form.get('email')?.trim() ?? ''
	const ready = READY.find(({ sub }) => sub === form.get('who'))
	if (ready && email === '') return ready
	if (!/^\S+@\S+$/.test(email) || email.length > 254) return undefined
	const name = form.get('name')?.trim().slice(0, 80) || email
	return person(email, name, form.get('verified') === 'on', form.get('sub') ?? '')
}

const row = ({ sub, email, name, verified }: Person, index: number): string =>
	`<label><input type="radio" name="who" value="${sub}"${index === 0 ? ' checked' : ''}>
<span>${escape(name)}<br><small>${escape(email)}, ${verified ? 'confirmed' : 'not confirmed'}</small></span></label>`

const choice = (asked: Asked): Reply =>
	page(
		'Sandbox Google',
		`<h1>Choose an account</h1>
<p>This page stands in for Google. No Google account is needed, and Google hears of nothing.</p>
<form method="post" class="people">
<fieldset>
<legend>Who signs in to ${escape(new URL(asked.redirectUri).host)}</legend>
${READY.map(row).join('\n')}
<label><input type="radio" name="who" value="typed"> <span>Somebody else</span></label>
</fieldset>
<fieldset>
<legend>Somebody else</legend>
<label class="field">E-mail <input name="email" type="email" autocomplete="off" maxlength="254"></label>
<label class="field">Name <input name="name" autocomplete="off" maxlength="80"></label>
<label><input type="checkbox" name="verified" checked> <span>Google has confirmed this address</span></label>
</fieldset>
<button name="outcome" value="continue" class="primary">Continue</button>
<button name="outcome" value="cancel">Cancel</button>
</form>`,
		asked,
	)
