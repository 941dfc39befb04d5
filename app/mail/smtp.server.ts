import { createTransport } from 'nodemailer'
import type { Rendered } from './render-letter.server.ts'

/** Longest waits for a server that has gone silent, in milliseconds. */
const TIME_LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

export type Post = (mail: Rendered) => Promise<void>

type Server = {
	smtpUrl: string
	from: string
	/** Nothing is sent to a server that offers no TLS. */
	requiresTls: boolean
}

/** Addresses and files are taken as what they are: nothing in a letter can make the sender read a file or a URL. */
export function createSmtpPost({ smtpUrl, from, requiresTls }: Server): Post {
	const transport = createTransport(
		{
			...TIME_LIMITS,
			url: smtpUrl,
			requireTLS: requiresTls,
			disableFileAccess: true,
			disableUrlAccess: true,
		},
		{ from },
	)
	return async ({ to, subject, text, html }) => {
		await transport.sendMail({ to: { name: '', address: to }, subject, text, html })
	}
}
