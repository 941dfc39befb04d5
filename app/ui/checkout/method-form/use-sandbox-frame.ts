import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { randomKey } from '../checkout-attempt.ts'
import {
	FORM_HEIGHT,
	type FormToken,
	type MethodFormHandle,
	type MethodFormProps,
} from './method-form-handle.ts'
import { readSandboxMessage, type FrameCommand, type SandboxMessage } from './sandbox-messages.ts'

/** Of the line below a field, which the frame does not have before it complains. */
const COMPLAINT_HEIGHT = 27
const READY_WITHIN_MS = 12_000
const TOKEN_WITHIN_MS = 20_000
const SILENT: FormToken = {
	ok: false,
	message: 'The form did not answer. You were not charged. Try again.',
}

/** The conversation with the sandbox's frame: its messages become calls, and our calls its messages. */
export function useSandboxFrame(frame: RefObject<HTMLIFrameElement>, props: MethodFormProps<'sandbox'>) {
	const { origin } = props.settings
	const [height, setHeight] = useState(FORM_HEIGHT[props.method].sandbox - COMPLAINT_HEIGHT)
	const [line] = useState(createLine)
	const latest = useRef(props)
	latest.current = props

	useEffect(() => {
		const slow = setTimeout(() => latest.current.onFailure(), READY_WITHIN_MS)
		const obey = (message: SandboxMessage) => {
			const { onReady, onSubmit } = latest.current
			if (message.type === 'ready') {
				clearTimeout(slow)
				onReady()
			} else if (message.type === 'resize') setHeight(Math.min(Math.max(Math.ceil(message.height), 80), 640))
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

	const handle = useMemo((): MethodFormHandle => {
		const say = (command: FrameCommand) => frame.current?.contentWindow?.postMessage(command, origin)
		return {
			createToken: (billing) =>
				line.ask((requestId) =>
					say({
						source: 'tillhouse',
						type: 'submit',
						requestId,
						billing,
						alternates: latest.current.method === 'card',
						// The button that asks for the token stands below the mandate.
						mandateAccepted: latest.current.method !== 'card',
					}),
				),
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
	const waiting = new Map<string, (token: FormToken) => void>()
	let atWrongField = false
	return {
		isAtWrongField: () => atWrongField,
		ask: (send: (requestId: string) => void) =>
			new Promise<FormToken>((resolve) => {
				const requestId = randomKey()
				const finish = (token: FormToken) => {
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
				const { token, alternates } = message
				waiting.get(message.requestId)?.({ ok: true, confirmationToken: token, alternates })
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
