import type { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { isStepUpAsked } from '#app/contracts/step-up.ts'
import { askStepUp } from './step-up-question.ts'

type Fetcher = Pick<ReturnType<typeof useFetcher>, 'formData' | 'formAction' | 'data' | 'state' | 'submit'>

/** When an action first wants a proof, asks for it and sends the same form again. */
export function useStepUp(fetcher: Fetcher): void {
	const sent = useRef<{ form: FormData; action: string } | null>(null)
	if (fetcher.formData && fetcher.formAction)
		sent.current = { form: fetcher.formData, action: fetcher.formAction }
	const submit = useRef(fetcher.submit)
	submit.current = fetcher.submit
	const { data, state } = fetcher
	useEffect(() => {
		if (state !== 'idle' || !isStepUpAsked(data)) return
		void askStepUp(data.stepUp).then((proven) => {
			const again = sent.current
			if (proven && again) submit.current(again.form, { method: 'post', action: again.action })
		})
	}, [data, state])
}
