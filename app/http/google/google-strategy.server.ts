import { OAuth2Strategy } from 'remix-auth-oauth2'

type Tokens = OAuth2Strategy.VerifyOptions['tokens']

/** Empty for an answer without one: nothing reads that as a token. */
const idTokenIn = ({ data }: Tokens): string =>
	'id_token' in data && typeof data.id_token === 'string' ? data.id_token : ''

const TIMEOUT_MS = 8_000

/** Gives the ID token, unread. State and PKCE are the strategy's own; the nonce ties the token to this browser. */
export class GoogleStrategy extends OAuth2Strategy<string> {
	readonly #nonce: string

	constructor(options: OAuth2Strategy.ConstructorOptions, nonce: string) {
		super(options, ({ tokens }) => Promise.resolve(idTokenIn(tokens)))
		this.#nonce = nonce
	}

	/** Google asks the person each time: nobody is signed in without having pressed anything. */
	protected override authorizationParams(params: URLSearchParams): URLSearchParams {
		params.set('nonce', this.#nonce)
		params.set('prompt', 'select_account')
		return params
	}

	/** The library would wait without end. */
	protected override validateAuthorizationCode(code: string, verifier: string): Promise<Tokens> {
		let timer: NodeJS.Timeout | undefined
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(new Error('the token endpoint does not answer')), TIMEOUT_MS)
		})
		return Promise.race([super.validateAuthorizationCode(code, verifier), late]).finally(() =>
			clearTimeout(timer),
		)
	}
}
