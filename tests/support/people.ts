import { action as forgotPage } from '#app/routes/auth/forgot-password.tsx'
import { action as logInPage } from '#app/routes/auth/login.tsx'
import { action as signUpPage } from '#app/routes/auth/signup.tsx'
import { action as verifyPage } from '#app/routes/auth/verify-email.tsx'
import type { House } from './house.ts'
import { mailTo, tokenIn } from './mail.ts'
import { cookiesOf, visit, type Seen, type Visit } from './pages.ts'

export const PASSWORD = 'wobbling turnip garden'

let people = 0
export const newAddress = (): string => `ada${(people += 1)}.${process.pid}@example.com`

export const askForAccount = (
	house: House,
	email: string,
	change: Record<string, string> = {},
	visitor: Visit = {},
) =>
	visit(house, signUpPage, '/signup', {
		form: { name: 'Ada Lace', merchant_name: 'Lace & Co', email, password: PASSWORD, ...change },
		...visitor,
	})

export const signIn = (
	house: House,
	email: string,
	password = PASSWORD,
	visitor: Visit = {},
): Promise<Seen> => visit(house, logInPage, '/login', { form: { email, password }, ...visitor })

export const askForReset = (house: House, email: string, visitor: Visit = {}): Promise<Seen> =>
	visit(house, forgotPage, '/forgot-password', { form: { email }, ...visitor })

/** The token of the last mail to that address whose subject is this. */
export async function lastLink(house: House, email: string, subject: RegExp): Promise<string> {
	const mail = (await mailTo(house, email)).findLast((one) => subject.test(one.subject))
	if (!mail) throw new Error(`${email} has no mail about ${subject}`)
	return tokenIn(mail)
}

/** Somebody who signed up and proved their address. */
export async function addPerson(
	house: House,
): Promise<{ email: string; userId: string; merchantId: string }> {
	const email = newAddress()
	await askForAccount(house, email)
	const token = await lastLink(house, email, /confirm/i)
	const { status } = await visit(house, verifyPage, '/verify-email', { form: { token } })
	if (status !== 302) throw new Error(`the account was not made: ${status}`)
	const row = await house.owner
		.selectFrom('users')
		.innerJoin('memberships', 'memberships.user_id', 'users.id')
		.select(['users.id', 'memberships.merchant_id'])
		.where('email', '=', email)
		.executeTakeFirstOrThrow()
	return { email, userId: row.id, merchantId: row.merchant_id }
}

/** The cookie of a new session. */
export async function cookieOf(
	house: House,
	email: string,
	password = PASSWORD,
	visitor: Visit = {},
): Promise<string> {
	const answer = await signIn(house, email, password, visitor)
	if (answer.status !== 302)
		throw new Error(`nobody was signed in: ${answer.status} ${JSON.stringify(answer.data)}`)
	return cookiesOf(answer)
}
