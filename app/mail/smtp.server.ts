import { createTransport } from 'nodemailer'
import type { Rendered } from './render-letter.server.ts'

/** Longest waits for a server that has gone silent, in milliseconds. */
const TIME_LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

export type Post = (mail: Rendered) => Promise<void>

/** Addresses and files are taken as what they are: nothing in a letter can make the sender read a file or a URL. */
export function createSmtpPost({ smtpUrl, from }: { smtpUrl: string; from: string }): Post {
	const transport = createTransport(smtpUrl, {
		...TIME_LIMITS,
		from,
		disableFileAccess: true,
		disableUrlAccess: true,
	})
	return async ({ to, subject, text, html }) => {
		await transport.sendMail({ to: { name: '', address: to }, subject, text, html })
	}
}
