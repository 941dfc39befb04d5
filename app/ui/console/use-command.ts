import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { toast } from '../kit/toast.tsx'
import type { CommandResult, Refusal } from './payment-command.ts'

/** One try of a command: its form, whether it is under way, and the refusal to show beside the control. */
export function useCommand(onDone: () => void) {
	const fetcher = useFetcher<CommandResult>()
	const pending = fetcher.state !== 'idle'
	const done = useRef(onDone)
	done.current = onDone
	const result = fetcher.data
	useEffect(() => {
		if (!result?.ok) return
		toast.success(result.message)
		done.current()
	}, [result])
	const refusal: Refusal | null = !pending && result && !result.ok ? result : null
	return { Form: fetcher.Form, pending, refusal }
}
