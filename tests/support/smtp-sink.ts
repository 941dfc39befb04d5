import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

export type SmtpSink = {
	url: string
	/** Each as it came over the wire, headers and all. */
	mails: { to: string[]; data: string }[]
	/** What the next letter is answered with instead of being taken. */
	refuseNext(answer: string): void
	close(): Promise<void>
}

/** A mail server that takes everything: just enough SMTP for a real client to talk to. */
export async function startSmtpSink(): Promise<SmtpSink> {
	const mails: SmtpSink['mails'] = []
	let refusal: string | null = null

	async function converse(socket: Socket): Promise<void> {
		const say = (line: string) => void socket.write(`${line}\r\n`)
		let to: string[] = []
		let data: string[] | null = null
		say('220 sink')
		for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
			if (data) {
				if (line !== '.') {
					data.push(line)
					continue
				}
				if (refusal === null) mails.push({ to, data: data.join('\n') })
				say(refusal ?? '250 taken')
				refusal = null
				data = null
				to = []
			} else if (/^EHLO/i.test(line)) say('250 sink')
			else if (/^STARTTLS/i.test(line)) say('502 not offered')
			else if (/^RCPT TO:/i.test(line)) {
				to.push(line.slice(8))
				say('250 ok')
			} else if (/^DATA/i.test(line)) {
				data = []
				say('354 go on')
			} else if (/^QUIT/i.test(line)) {
				say('221 bye')
				socket.end()
			} else say('250 ok')
		}
	}

	const sockets = new Set<Socket>()
	const server = createServer((socket) => {
		sockets.add(socket)
		socket.on('error', () => undefined)
		socket.on('close', () => sockets.delete(socket))
		converse(socket).catch(() => undefined)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	return {
		url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
		mails,
		refuseNext: (answer) => (refusal = answer),
		async close() {
			for (const socket of sockets) socket.destroy()
			await new Promise((resolve) => server.close(resolve))
		},
	}
}
