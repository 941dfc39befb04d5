import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { hashOfMailToken } from '#app/commands/mail/mail-token.server.ts'
import { createSmtpPost } from '#app/mail/smtp.server.ts'
import { loader } from '#app/routes/dev/mail.tsx'
import { inTransaction } from '#db/client.ts'
import { insertSignUp } from '#db/queries/sign-ups.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo, tokenIn } from '#tests/support/mail.ts'
import { startSmtpSink, type SmtpSink } from '#tests/support/smtp-sink.ts'
import { runNow } from '../payments/by-hand.ts'

const QUIET = { worker: false, webhooks: false } as const

/** Somebody who signed up, with the mail for it in the queue of the same commit. */
async function signUp({ services }: House, name = 'Ada'): Promise<{ id: string; email: string }> {
	const id = newId('sup')
	const email = `${id}@example.com`
	await inTransaction(services.db, async (tx) => {
		await insertSignUp(tx, { id, email, name, merchant_name: 'Ada & Co', password_hash: 'none', hours: 1 })
		await services.enqueue(tx, sendMail, [{ kind: 'verify_email', subject_id: id }])
	})
	return { id, email }
}

const jobsOf = async ({ services }: House) =>
	(await services.pool.query<{ data: unknown }>(`select data from pgboss.job where name = 'mail.send'`)).rows

const mailPage = ({ composed }: House) =>
	loader({
		request: new Request('http://localhost/dev/mail'),
		context: { services: composed },
		params: {},
	} as unknown as Parameters<typeof loader>[0])

describe('without a mail server', () => {
	let house: House
	beforeAll(async () => {
		house = await openHouse(QUIET)
	})
	afterAll(() => house.close())

	test('a mail is kept and shown at /dev/mail', async () => {
		const { email } = await signUp(house)
		const [mail] = await mailTo(house, email)
		expect(mail).toMatchObject({ subject: 'Confirm your e-mail address' })
		const { mails } = await mailPage(house)
		expect(mails[0]).toMatchObject({ to: email, text: mail?.text })
	})

	test('its secret is in the mail alone: neither in the queue nor in what is kept of it', async () => {
		const { id, email } = await signUp(house)
		const token = tokenIn((await mailTo(house, email))[0] ?? { text: '' })
		const jobs = await jobsOf(house)
		expect(jobs).toContainEqual({ data: { kind: 'verify_email', subject_id: id } })
		expect(JSON.stringify(jobs)).not.toContain(token)
		const kept = await house.owner
			.selectFrom('mail_tokens')
			.selectAll()
			.where('subject_id', '=', id)
			.executeTakeFirstOrThrow()
		expect(kept.token_hash).toEqual(hashOfMailToken(token))
		expect(JSON.stringify(kept)).not.toContain(token)
	})

	test('a change that is rolled back sends nothing', async () => {
		const { services } = house
		const undone = inTransaction(services.db, async (tx) => {
			await services.enqueue(tx, sendMail, [{ kind: 'verify_email', subject_id: 'sup_undone' }])
			throw new Error('undone')
		})
		await expect(undone).rejects.toThrow('undone')
		expect(JSON.stringify(await jobsOf(house))).not.toContain('sup_undone')
	})

	test('of somebody who is gone nothing is said', async () => {
		const { services, owner } = house
		const { id, email } = await signUp(house)
		await owner.deleteFrom('sign_ups').where('id', '=', id).execute()
		expect(await mailTo(house, email)).toEqual([])
		expect(services.env.mail.kind).toBe('local')
	})
})

describe('with a mail server', () => {
	let sink: SmtpSink
	let house: House
	beforeAll(async () => {
		sink = await startSmtpSink()
		const settings = { SMTP_URL: sink.url, MAIL_FROM: 'Tillhouse <pay@tillhouse.test>' }
		house = await openHouse({ ...QUIET, settings })
	})
	afterAll(async () => {
		await house.close()
		await sink.close()
	})
	afterEach(() => sink.mails.splice(0))

	test('a mail goes out as text and HTML, and nothing is kept', async () => {
		const { email } = await signUp(house, 'Ada\r\nBcc: everybody@example.com')
		await runNow(house, sendMail)
		expect(sink.mails).toHaveLength(1)
		const [{ to, data } = { to: [], data: '' }] = sink.mails
		expect(to).toEqual([`<${email}>`])
		const [headers = ''] = data.split('\n\n')
		expect(headers).toContain('From: Tillhouse <pay@tillhouse.test>')
		expect(headers).not.toMatch(/^bcc/im)
		expect(data).toContain('Content-Type: text/plain')
		expect(data).toContain('Content-Type: text/html')
		expect(await house.owner.selectFrom('local_mailbox').selectAll().execute()).toEqual([])
	})

	test('what the server refuses is tried again, with a link of its own', async () => {
		const { id } = await signUp(house)
		sink.refuseNext('451 try later')
		await expect(runNow(house, sendMail)).rejects.toThrow('451 try later')
		expect(sink.mails).toEqual([])
		await runNow(house, sendMail)
		expect(sink.mails).toHaveLength(1)
		const tokens = await house.owner
			.selectFrom('mail_tokens')
			.select('used_at')
			.where('subject_id', '=', id)
			.execute()
		expect(tokens).toHaveLength(2)
	})

	test('one that offers no TLS gets nothing where TLS is asked for', async () => {
		const letter = { to: 'ada@example.com', subject: 'x', text: 'x', html: '<p>x' }
		const post = (requiresTls: boolean) =>
			createSmtpPost({ smtpUrl: sink.url, from: 'pay@tillhouse.test', requiresTls })(letter)
		await expect(post(true)).rejects.toMatchObject({ code: 'ETLS' })
		expect(sink.mails).toEqual([])
		await post(false)
		expect(sink.mails).toHaveLength(1)
	})

	test('nobody finds a mailbox', async () => {
		await expect(mailPage(house)).rejects.toMatchObject({ status: 404 })
	})
})
