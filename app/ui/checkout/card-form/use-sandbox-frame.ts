import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { randomKey } from '../checkout-attempt.ts'
import type { CardFormHandle, CardFormProps, CardToken } from './card-form-handle.ts'
import { readSandboxMessage, type FrameCommand, type SandboxMessage } from './sandbox-messages.ts'

/** Of the frame without complaints, until it says its own. */
const FRAME_HEIGHT = 193
const READY_WITHIN_MS = 12_000
const TOKEN_WITHIN_MS = 20_000
const SILENT: CardToken = {
	ok: false,
	message: 'The card form did not answer. Your card was not charged. Try again.',
}

/** The conversation with the sandbox's frame: its messages become calls, and our calls its messages. */
export function useSandboxFrame(frame: RefObject<HTMLIFrameElement>, props: CardFormProps<'sandbox'>) {
	const { origin } = props.settings
	const [height, setHeight] = useState(FRAME_HEIGHT)
	const [line] = useState(createLine)
	const latest = useRef(props)
	latest.current = props

	useEffect(() => {
		const slow = setTimeout(() => latest.current.onFailure(), READY_WITHIN_MS)
		const obey = (message: SandboxMessage) => {
			const { onReady, onChange, onSubmit } = latest.current
			if (message.type === 'ready') {
				clearTimeout(slow)
				onReady()
			} else if (message.type === 'resize') setHeight(Math.min(Math.max(Math.ceil(message.height), 80), 640))
			else if (message.type === 'change') onChange(message.complete)
			else if (message.type === 'submit-request') onSubmit()
			else line.answer(message)
		}
		const hear = (event: MessageEvent) => {
			const message = readSandboxMessage(event, { origin, window: frame.current?.contentWindow })
			if (message) obey(message)
		}
		window.addEventListener('message', hear)
		return () => {
			clearTimeout(slow)
			window.removeEventListener('message', hear)
			line.hangUp()
		}
	}, [origin, frame, line])

	const handle = useMemo((): CardFormHandle => {
		const say = (command: FrameCommand) => frame.current?.contentWindow?.postMessage(command, origin)
		return {
			createToken: (billing) =>
				line.ask((requestId) => say({ source: 'tillhouse', type: 'submit', requestId, billing })),
			focus: () => {
				frame.current?.focus()
				// The frame has already put its own focus on a field that is wrong.
				if (!line.isAtWrongField()) say({ source: 'tillhouse', type: 'focus' })
			},
		}
	}, [origin, frame, line])

	return { height, handle }
}

/** Pairs every question with its answer; silence is an answer too. */
function createLine() {
	const waiting = new Map<string, (token: CardToken) => void>()
	let atWrongField = false
	return {
		isAtWrongField: () => atWrongField,
		ask: (send: (requestId: string) => void) =>
			new Promise<CardToken>((resolve) => {
				const requestId = randomKey()
				const finish = (token: CardToken) => {
					clearTimeout(slow)
					waiting.delete(requestId)
					resolve(token)
				}
				const slow = setTimeout(() => finish(SILENT), TOKEN_WITHIN_MS)
				waiting.set(requestId, finish)
				atWrongField = false
				send(requestId)
			}),
		answer: (message: SandboxMessage) => {
			if (message.type === 'token') {
				waiting.get(message.requestId)?.({ ok: true, confirmationToken: message.token })
			} else if (message.type === 'error') {
				atWrongField = message.hasField
				waiting.get(message.requestId)?.({ ok: false, message: message.message })
			}
		},
		hangUp: () => {
			for (const finish of waiting.values()) finish(SILENT)
		},
	}
}
