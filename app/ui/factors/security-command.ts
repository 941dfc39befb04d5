import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { toast } from '../kit/toast.tsx'
import { useStepUp } from './use-step-up.ts'

export type TotpOfferView = { secret: string; qr: string }

export type SecurityDone = {
	ok: true
	message: string
	/** Shown this once, kept nowhere. */
	offer?: TotpOfferView
	codes?: string[]
}

export type SecurityRefused = { ok: false; message: string; field: string | null }

/** One try of a change on the security page. */
export function useSecurityCommand(onDone: (done: SecurityDone) => void = () => undefined) {
	const fetcher = useFetcher<SecurityDone | SecurityRefused>()
	useStepUp(fetcher)
	const pending = fetcher.state !== 'idle'
	const result = fetcher.data
	const done = useRef(onDone)
	done.current = onDone
	useEffect(() => {
		if (!result?.ok) return
		if (result.message) toast.success(result.message)
		done.current(result)
	}, [result])
	const refusal = !pending && result && !result.ok ? result : null
	return { Form: fetcher.Form, submit: fetcher.submit, pending, refusal, result }
}
