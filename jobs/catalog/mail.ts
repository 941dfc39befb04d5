import { z } from 'zod'
import { MAIL_KINDS } from '../../app/contracts/mail.ts'
import { defineJob } from './define.ts'

/** Writes a mail and sends it. What is secret in it is made when it is written, so nothing of it waits in the queue. */
export const sendMail = defineJob({
	name: 'mail.send',
	payload: z.strictObject({ kind: z.enum(MAIL_KINDS), subject_id: z.string() }),
	queue: {
		retryLimit: 8,
		retryDelay: 5,
		retryBackoff: true,
		retryDelayMax: 900,
		// Above the time limits of the SMTP connection.
		expireInSeconds: 90,
		heartbeatSeconds: 10,
		partition: false,
	},
})
