import { z } from 'zod'
import { LONGEST_PASSWORD } from '../domain/people/judge-password.ts'

/** Control and invisible characters would let one name look like another. */
const NAME = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]*$/u

const name = (most: number) =>
	z
		.string()
		.trim()
		.min(1, 'must not be empty')
		.max(most, `must be at most ${most} characters`)
		.regex(NAME, 'must not contain invisible characters')

export const Email = z
	.string()
	.trim()
	.max(254, 'must be at most 254 characters')
	.pipe(z.email('must be an e-mail address'))
export const PersonName = name(80)
export const MerchantName = name(120)
/** Judged by its own rules once we know whose it is; here only so that nothing endless is hashed. */
export const Password = z
	.string()
	.min(1, 'must not be empty')
	.max(LONGEST_PASSWORD * 4, 'is too long')
/** What a link carries. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/, 'is not a link of ours')

/** Body of POST /api/v1/auth/signup; `first_name` and `last_name` stand for `name`. */
export const SignUp = z
	.strictObject({
		email: Email,
		password: Password,
		name: PersonName.optional(),
		first_name: PersonName.optional(),
		last_name: PersonName.optional(),
		/** Taken for older clients, and not kept. */
		phone: z.string().max(40).optional(),
		merchant_name: MerchantName.optional(),
	})
	.transform((body, context) => {
		const full = body.name ?? [body.first_name, body.last_name].filter(Boolean).join(' ')
		if (full === '') {
			context.addIssue({ code: 'custom', path: ['name'], message: 'must not be empty' })
			return z.NEVER
		}
		const { email, password, merchant_name: merchantName } = body
		return { email, password, name: full, merchantName: merchantName ?? full }
	})
export type SignUp = z.output<typeof SignUp>

/** Fields of the page that ends a sign-up with Google; the address is what Google has proven. */
export const SignUpWithGoogle = z.strictObject({ name: PersonName, merchant_name: MerchantName })

/** Body of POST /api/v1/auth/login. An address that is none is one nobody has. */
export const LogIn = z.strictObject({
	email: z.string().trim().max(254, 'must be at most 254 characters'),
	password: Password,
	/** Of the authenticator app, or a backup code. */
	code: z.string().max(64, 'must be at most 64 characters').optional(),
	/** The world the tokens are for; without it, the first of the business. */
	livemode: z.boolean().optional(),
})
export const AskForMail = z.strictObject({ email: Email })
export const VerifyEmail = z.strictObject({ token: LinkToken })
export const ResetPassword = z.strictObject({ token: LinkToken, password: Password })

export const Preferences = z.strictObject({
	theme: z.enum(['system', 'light', 'dark']).optional(),
	density: z.enum(['comfortable', 'compact']).optional(),
	notifications_enabled: z.boolean().optional(),
})
export type Preferences = z.output<typeof Preferences>

export const ChangeProfile = z.strictObject({ name: PersonName })

export const ChangeEmail = z.strictObject({ email: Email, current: Password })
export const ChangePassword = z.strictObject({ current: Password, password: Password })
/** A box that is not ticked sends nothing. */
export const PreferencesForm = z.strictObject({
	theme: z.enum(['system', 'light', 'dark']),
	density: z.enum(['comfortable', 'compact']),
	notifications_enabled: z
		.literal('on')
		.optional()
		.transform((value) => value === 'on'),
})
