import type { WalletType } from '../wallets/wallet-props.ts'
import type { Alternates, Billing } from './method-form-handle.ts'

/** What the sandbox's frame says to the page. Anything else that arrives is not for us. */
export type SandboxMessage =
	| { type: 'ready' }
	| { type: 'resize'; height: number }
	| { type: 'submit-request' }
	| { type: 'token'; requestId: string; token: string; alternates?: Alternates }
	| { type: 'error'; requestId: string; message: string; hasField: boolean }
	| { type: '3ds_done' }
	| { type: 'wallet-token'; wallet: WalletType; token: string; billing: Billing }

export type FrameCommand =
	| {
			source: 'tillhouse'
			type: 'submit'
			requestId: string
			billing: Billing
			/** Asks for the same card as the other gateways know it. */
			alternates: boolean
			/** The payer has agreed to the debit. */
			mandateAccepted: boolean
	  }
	| { source: 'tillhouse'; type: 'focus' }

/** What the page says to the frame of the wallets. */
export type WalletCommand =
	| { source: 'tillhouse'; type: 'update'; total: string; disabled: boolean }
	| { source: 'tillhouse'; type: 'result'; outcome: 'failed'; message: string }
	| { source: 'tillhouse'; type: 'close' }

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
		case 'wallet-token':
			return walletToken(data)
		case 'error':
			return typeof requestId === 'string'
				? { type, requestId, message: sentence(data['message']), hasField: typeof data['field'] === 'string' }
				: null
		default:
			return null
	}
}

const WALLETS: readonly WalletType[] = ['apple_pay', 'google_pay', 'link']

function walletToken({ wallet, token }: Record<string, unknown>): SandboxMessage | null {
	const known = WALLETS.find((name) => name === wallet)
	if (!known || !isRecord(token) || typeof token['id'] !== 'string') return null
	const { email, name } = isRecord(token['payer']) ? token['payer'] : {}
	const billing = {
		...(typeof email === 'string' && { email }),
		...(typeof name === 'string' && { name }),
	}
	return { type: 'wallet-token', wallet: known, token: token['id'], billing }
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
