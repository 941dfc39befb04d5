import type { Alternates, Billing } from './method-form-handle.ts'

/** What the sandbox's frame says to the page. Anything else that arrives is not for us. */
export type SandboxMessage =
	| { type: 'ready' }
	| { type: 'resize'; height: number }
	| { type: 'submit-request' }
	| { type: 'token'; requestId: string; token: string; alternates?: Alternates }
	| { type: 'error'; requestId: string; message: string; hasField: boolean }
	| { type: '3ds_done' }

export type FrameCommand =
	| {
			source: 'tillhouse'
			type: 'submit'
			requestId: string
			billing: Billing
			/** Asks for the same card as the other gateways know it. */
			alternates: boolean
	  }
	| { source: 'tillhouse'; type: 'focus' }

/** Null unless it comes from that window, of that origin, in the frame's own words. */
export function readSandboxMessage(
	event: Pick<MessageEvent, 'origin' | 'source' | 'data'>,
	from: { origin: string; window: MessageEventSource | null | undefined },
): SandboxMessage | null {
	if (!from.window || event.origin !== from.origin || event.source !== from.window) return null
	const data: unknown = event.data
	if (!isRecord(data) || data['source'] !== 'tillhouse-sandbox') return null
	return messageFrom(data)
}

function messageFrom(data: Record<string, unknown>): SandboxMessage | null {
	const { type, requestId } = data
	switch (type) {
		case 'ready':
		case 'submit-request':
		case '3ds_done':
			return { type }
		case 'resize':
			return typeof data['height'] === 'number' && Number.isFinite(data['height'])
				? { type, height: data['height'] }
				: null
		case 'token': {
			const token = isRecord(data['token']) ? data['token']['id'] : null
			if (typeof requestId !== 'string' || typeof token !== 'string') return null
			const alternates = alternatesFrom(data['alternates'])
			return { type, requestId, token, ...(alternates && { alternates }) }
		}
		case 'error':
			return typeof requestId === 'string'
				? { type, requestId, message: sentence(data['message']), hasField: typeof data['field'] === 'string' }
				: null
		default:
			return null
	}
}

function alternatesFrom(value: unknown): Alternates | undefined {
	if (!isRecord(value)) return undefined
	const known = Object.entries(value).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	)
	return known.length > 0 ? Object.fromEntries(known) : undefined
}

const sentence = (value: unknown) =>
	typeof value === 'string' && value.trim() !== '' ? value : 'Check what you typed and try again.'

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null
