import type { IncomingHttpHeaders } from 'node:http'
import { ApiError, unauthorised } from '../http/errors.ts'
import type { SandboxOptions } from '../options.ts'

/** Bearer, or Basic with the key as user name. Tells whose key it was. */
export function authorise(headers: IncomingHttpHeaders, options: SandboxOptions): 'secret' | 'publishable' {
	const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ')
	const key =
		scheme?.toLowerCase() === 'basic'
			? (Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '')
			: credentials
	if (key === '') {
		throw unauthorised(
			"You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
		)
	}
	if (key === options.secretKey) return 'secret'
	if (key === options.publishableKey) return 'publishable'
	throw unauthorised(`Invalid API Key provided: ${key.slice(0, 8)}****`)
}

export function onlyForServers(): ApiError {
	return new ApiError(401, {
		type: 'invalid_request_error',
		code: 'secret_key_required',
		message:
			'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
	})
}

/** Cards are typed in on the sandbox's own pages; another site's script has no business sending them. */
export function sameOrigin(headers: IncomingHttpHeaders): void {
	const { host, origin } = headers
	if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return
	throw new ApiError(403, {
		type: 'invalid_request_error',
		message: 'Requests with the publishable key must come from the pages of the sandbox.',
	})
}
