import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useStepUp } from '../factors/use-step-up.ts'
import { toast } from '../kit/toast.tsx'
import type { Refusal } from './payment-command.ts'

type Refused = { ok: false; message: string }

/** One try of a command: its form, whether it is under way, and the refusal to show beside the control. */
export function useCommand<R extends Refused = Refusal>(onDone: () => void = () => undefined) {
	const fetcher = useFetcher()
	useStepUp(fetcher)
	const pending = fetcher.state !== 'idle'
	const done = useRef(onDone)
	done.current = onDone
	const result = fetcher.data as { ok: true; message: string } | R | undefined
	useEffect(() => {
		if (!result?.ok) return
		toast.success(result.message)
		done.current()
	}, [result])
	const refusal: R | null = !pending && result && !result.ok ? result : null
	return { Form: fetcher.Form, pending, refusal }
}
