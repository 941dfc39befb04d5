import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { randomKey } from '../checkout-attempt.ts'
import {
	CARD_FORM_HEIGHT,
	type CardFormHandle,
	type CardFormProps,
	type CardToken,
} from './card-form-handle.ts'
import { readSandboxMessage, type FrameCommand } from './sandbox-messages.ts'
import { isDarkPage } from './page-theme.ts'

/** Of the frame without complaints, until it says its own. */
const FRAME_HEIGHT = 193
const READY_WITHIN_MS = 12_000
const TOKEN_WITHIN_MS = 20_000
const SILENT: CardToken = {
	ok: false,
	message: 'The card form did not answer. Your card was not charged. Try again.',
}

export const SandboxCardForm = forwardRef<CardFormHandle, CardFormProps<'sandbox'>>(
	function SandboxCardForm(props, ref) {
		const { frameUrl, publishableKey, origin } = props.settings
		const frame = useRef<HTMLIFrameElement>(null)
		const waiting = useRef(new Map<string, (token: CardToken) => void>())
		/** The frame has put its own focus on the field that is wrong. */
		const isAtWrongField = useRef(false)
		const latest = useRef(props)
		latest.current = props
		const [height, setHeight] = useState(FRAME_HEIGHT)
		// Fixed for the life of the frame: another address would reload it and lose what was typed.
		const [address] = useState(() => {
			const query = new URLSearchParams({
				pk: publishableKey,
				parent: window.location.origin,
				theme: isDarkPage() ? 'dark' : 'light',
			})
			return `${frameUrl}?${query.toString()}`
		})

		useEffect(() => {
			const requests = waiting.current
			const slow = setTimeout(() => latest.current.onFailure(), READY_WITHIN_MS)
			const answer = (requestId: string, token: CardToken) => {
				requests.get(requestId)?.(token)
				requests.delete(requestId)
			}
			const hear = (event: MessageEvent) => {
				const message = readSandboxMessage(event, { origin, window: frame.current?.contentWindow })
				switch (message?.type) {
					case 'ready':
						clearTimeout(slow)
						return latest.current.onReady()
					case 'resize':
						return setHeight(Math.min(Math.max(Math.ceil(message.height), 80), 640))
					case 'change':
						return latest.current.onChange(message.complete)
					case 'submit-request':
						return latest.current.onSubmit()
					case 'token':
						return answer(message.requestId, { ok: true, confirmationToken: message.token })
					case 'error':
						isAtWrongField.current = message.hasField
						return answer(message.requestId, { ok: false, message: message.message })
				}
			}
			window.addEventListener('message', hear)
			return () => {
				clearTimeout(slow)
				window.removeEventListener('message', hear)
				for (const give of requests.values()) give(SILENT)
				requests.clear()
			}
		}, [origin])

		useImperativeHandle(ref, () => {
			const say = (command: FrameCommand) => frame.current?.contentWindow?.postMessage(command, origin)
			return {
				createToken: (billing) =>
					new Promise((resolve) => {
						const requestId = randomKey()
						isAtWrongField.current = false
						const slow = setTimeout(() => {
							waiting.current.delete(requestId)
							resolve(SILENT)
						}, TOKEN_WITHIN_MS)
						waiting.current.set(requestId, (token) => {
							clearTimeout(slow)
							resolve(token)
						})
						say({ source: 'tillhouse', type: 'submit', requestId, billing })
					}),
				focus: () => {
					frame.current?.focus()
					if (!isAtWrongField.current) say({ source: 'tillhouse', type: 'focus' })
				},
			}
		}, [origin])

		return (
			<iframe
				ref={frame}
				src={address}
				title="Card number, expiry date and security code"
				className="block w-full border-0 bg-transparent"
				style={{ height, colorScheme: 'normal' }}
			/>
		)
	},
)
