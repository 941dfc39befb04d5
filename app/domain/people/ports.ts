/** Somebody as another house knows them. `subject` stays theirs for good; an address may move to somebody else. */
export type OutsideIdentity = {
	provider: 'google'
	subject: string
	email: string
	/** Whether that house has seen them read mail at this address. */
	emailVerified: boolean
	name: string
}

export type IdentityProvider = {
	issuer: string
	clientId: string
	clientSecret: string
	/** Throws `identity_provider_away`. */
	endpoints(): Promise<{ authorization: string; token: string }>
	/** Null for a token that is not for us, of now, and of the sign-in with this nonce. Throws `identity_provider_away`. */
	readIdToken(token: string, expected: { nonce: string }): Promise<OutsideIdentity | null>
}
