import { useFetcher, useLocation } from '@remix-run/react'
import { useEffect, useSyncExternalStore } from 'react'
import type { StepUpWays } from '#app/contracts/step-up.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { GoogleButton } from '../auth/google-button.tsx'
import { CodeField } from './code-field.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { answerStepUp, currentQuestion, NO_QUESTION, onQuestion } from './step-up-question.ts'

export type StepUpAnswer = { ok: true } | { ok: false; message: string }

const PATH = '/console/step-up'

/** Stands once in the console's frame, above whatever dialog brought the question about. */
export function StepUpHost() {
	const question = useSyncExternalStore(onQuestion, currentQuestion, NO_QUESTION)
	return question ? <StepUpDialog key={question.id} ways={question.ways} /> : null
}

function StepUpDialog({ ways }: { ways: StepUpWays }) {
	const fetcher = useFetcher<StepUpAnswer>()
	const pending = fetcher.state !== 'idle'
	const answer = pending ? undefined : fetcher.data
	useEffect(() => {
		if (answer?.ok) answerStepUp(true)
	}, [answer])
	return (
		<Dialog
			open
			onOpenChange={() => answerStepUp(false)}
			locked={pending}
			title="Show that it is you"
			description="The last time was more than ten minutes ago. What you asked for goes ahead once you have."
		>
			<div className="grid gap-4">
				{ways.passkey && (
					<PasskeyButton
						path={PATH}
						onAnswer={(response) => fetcher.submit({ response }, { method: 'post', action: PATH })}
					>
						Use a passkey
					</PasskeyButton>
				)}
				{ways.google && <GoogleStepUp />}
				<fetcher.Form method="post" action={PATH} className="grid gap-4">
					{ways.code && <CodeField autoFocus={!ways.passkey} />}
					{ways.password && (
						<Field label="Your password">
							{(control) => (
								<Input
									{...control}
									name="password"
									type="password"
									autoComplete="current-password"
									required
									autoFocus
								/>
							)}
						</Field>
					)}
					{answer && !answer.ok && <FieldError>{answer.message}</FieldError>}
					<DialogActions>
						<Button disabled={pending} onClick={() => answerStepUp(false)}>
							Not now
						</Button>
						{!ways.google && (
							<Button type="submit" tone="primary" pending={pending}>
								Confirm
							</Button>
						)}
					</DialogActions>
				</fetcher.Form>
			</div>
		</Dialog>
	)
}

/** Whoever has neither a password nor a second factor shows it where they always do, and comes back to this page. */
function GoogleStepUp() {
	const { pathname, search } = useLocation()
	return (
		<div className="grid gap-3">
			<p className="text-muted">
				Choose your account at Google. You come back to this page; then press the button once more.
			</p>
			<GoogleButton intent="step_up" next={pathname + search} />
		</div>
	)
}
