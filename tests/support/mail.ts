import { sendMail } from '#jobs/catalog/mail.ts'
import { runNow } from '../integration/payments/by-hand.ts'
import type { House } from './house.ts'

/** Sends what waits in the queue and returns the mails that address has, oldest first. */
export async function mailTo(house: House, email: string): Promise<{ subject: string; text: string }[]> {
	await runNow(house, sendMail)
	const rows = await house.owner
		.selectFrom('local_mailbox')
		.select(['subject', 'text_body'])
		.where('sent_to', '=', email)
		.orderBy('id')
		.execute()
	return rows.map(({ subject, text_body }) => ({ subject, text: text_body }))
}

/** What the last link of a mail carries. */
export function tokenIn({ text }: { text: string }): string {
	const token = /[?&]token=([\w-]{43})/.exec(text)?.[1]
	if (!token) throw new Error(`no link in: ${text}`)
	return token
}
