import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** Times in Unix ms. */
export type PasskeyView = { id: string; name: string; addedAt: number; usedAt: number | null }

export type GoogleView = {
	/** Whether this house has Google at all. */
	isOffered: boolean
	linked: { email: string; since: number; usedAt: number | null } | null
	/** The address of an account that came back from Google and may be linked now. */
	pending: string | null
}

export type SecurityView = {
	/** The team asks for a second factor, and there is none. */
	required: boolean
	hasTotp: boolean
	passkeys: PasskeyView[]
	backupCodesLeft: number
	google: GoogleView
}

const base64url = z
	.string()
	.max(4_096)
	.regex(/^[\w-]+$/)
const MOST_LETTERS = 65_536

const Assertion = z.object({
	id: base64url,
	rawId: base64url,
	type: z.literal('public-key'),
	response: z.object({
		clientDataJSON: base64url,
		authenticatorData: base64url,
		signature: base64url,
		userHandle: base64url.optional(),
	}),
	clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

const Attestation = z.object({
	id: base64url,
	rawId: base64url,
	type: z.literal('public-key'),
	response: z.object({
		clientDataJSON: base64url,
		attestationObject: z
			.string()
			.max(32_768)
			.regex(/^[\w-]+$/),
		transports: z.array(z.string().max(32)).max(8).optional(),
	}),
	clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

function jsonOf(text: unknown): unknown {
	if (typeof text !== 'string' || text.length > MOST_LETTERS) return null
	try {
		return JSON.parse(text)
	} catch {
		return null
	}
}

/** What the browser gave, as text of a form; null when it is not that. */
export const readAssertion = (text: unknown): AuthenticationResponseJSON | null =>
	(Assertion.safeParse(jsonOf(text)).data as AuthenticationResponseJSON | undefined) ?? null

export const readAttestation = (text: unknown): RegistrationResponseJSON | null =>
	(Attestation.safeParse(jsonOf(text)).data as RegistrationResponseJSON | undefined) ?? null
