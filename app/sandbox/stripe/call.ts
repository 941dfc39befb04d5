import type { IncomingMessage } from 'node:http'
import type { Form } from '../http/form.ts'
import type { Desk } from '../sandbox.ts'

export interface Call {
	/** From the path: `/v1/charges/:id`. Empty on paths without one. */
	id: string
	params: Form
	/** Made with the publishable key, from a browser. */
	fromBrowser: boolean
	/** Whoever sent the request, as the connection and its headers tell. */
	client: { address: string | null; userAgent: string | null }
}

export type Handler = (desk: Desk, call: Call) => object
export type Routes = Record<string, Handler>

export const clientOf = ({ headers, socket }: IncomingMessage): Call['client'] => ({
	address: socket.remoteAddress ?? null,
	userAgent: headers['user-agent'] ?? null,
})
