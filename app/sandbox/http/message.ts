import type { IncomingMessage, ServerResponse } from 'node:http'

const LARGEST_BODY = 1_000_000

export interface Reply {
	status: number
	body: string
	headers?: Record<string, string>
}

export const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) })

export const html = (body: string, policy: string, status = 200): Reply => ({
	status,
	body,
	headers: {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Security-Policy': policy,
		'Referrer-Policy': 'no-referrer',
	},
})

export function readBody(request: IncomingMessage): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = []
		let size = 0
		request.on('data', (chunk: Buffer) => {
			size += chunk.length
			if (size > LARGEST_BODY) request.destroy()
			else chunks.push(chunk)
		})
		request.on('end', () => {
			resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString())
		})
		request.on('error', reject)
		request.on('close', () => {
			if (!request.complete) reject(new Error('The caller left before sending its whole request'))
		})
	})
}

export function answer(response: ServerResponse, reply: Reply): void {
	response.writeHead(reply.status, headersOf(reply))
	response.end(reply.body)
}

export function headersOf(reply: Reply): Record<string, string | number> {
	return {
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(reply.body),
		'Cache-Control': 'no-store',
		'X-Content-Type-Options': 'nosniff',
		...reply.headers,
	}
}
