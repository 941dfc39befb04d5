import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '../kit/button.tsx'
import { FieldError } from '../kit/field.tsx'

type PasskeyButtonProps = {
	/** Who says what is to be signed. */
	path: string
	/** Makes a new passkey instead of using one. */
	register?: boolean
	onAnswer: (response: string) => void
	children: ReactNode
}

/** Null when the person called it off, or has no such passkey. */
async function ask(path: string, register: boolean): Promise<string | null> {
	const offer = await fetch(path, { method: 'POST', body: new URLSearchParams({ intent: 'options' }) })
	if (!offer.ok) return null
	const optionsJSON = await offer.json()
	try {
		return JSON.stringify(
			await (register ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON })),
		)
	} catch {
		return null
	}
}

export function PasskeyButton({ path, register = false, onAnswer, children }: PasskeyButtonProps) {
	const [state, setState] = useState<'idle' | 'asking' | 'none'>('idle')
	return (
		<div className="grid gap-2">
			<Button
				size={register ? 'md' : 'lg'}
				wide={!register}
				pending={state === 'asking'}
				onClick={() => {
					setState('asking')
					void ask(path, register)
						.catch(() => null)
						.then((response) => {
							setState(response === null ? 'none' : 'idle')
							if (response !== null) onAnswer(response)
						})
				}}
			>
				<KeyRound aria-hidden="true" />
				{children}
			</Button>
			{state === 'none' && <FieldError>No passkey was used. Try again, or choose another way.</FieldError>}
		</div>
	)
}
