import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { InvitationPageView } from '#app/contracts/team.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { AuthCard, AuthLink, errorAt, RefusalBanner } from './auth-card.tsx'
import { NewPasswordField } from './password-field.tsx'

type Refusal = { message: string; field: string | null }

type PageProps = {
	token: string
	invitation: InvitationPageView
	refusal: Refusal | null
	pending: boolean
}

const ENDED = {
	accepted: ['You have joined already', 'This invitation was accepted. Sign in to go on.'],
	revoked: ['This invitation was taken back', 'Ask whoever invited you for another one.'],
	expired: ['This invitation has run out', 'Ask whoever invited you to send it again.'],
} as const

const signIn = (
	<p>
		You have an account? <AuthLink to="/login">Sign in</AuthLink>
	</p>
)

export function NoInvitation() {
	return (
		<AuthCard
			title="There is no such invitation"
			below="Open the link as it stands in the mail."
			after={signIn}
		>
			<p className="text-muted">
				If it still does not work, ask whoever invited you to send the invitation again.
			</p>
		</AuthCard>
	)
}

export function InvitationPage({ token, invitation, refusal, pending }: PageProps) {
	const { merchant, inviter, role, email, state } = invitation
	if (state !== 'open') {
		const [title, below] = ENDED[state]
		return (
			<AuthCard title={title} below={below} after={signIn}>
				<p className="text-muted">It was for the team of {merchant}.</p>
			</AuthCard>
		)
	}
	return (
		<AuthCard
			title={`Join ${merchant}`}
			below={`${inviter ?? merchant} invites you to the team. Your role: ${role}.`}
		>
			<RefusalBanner refusal={refusal} fields={['name', 'password']} />
			<p className="font-medium [overflow-wrap:anywhere]">{email}</p>
			<Answer token={token} invitation={invitation} refusal={refusal} pending={pending} />
		</AuthCard>
	)
}

function Answer({ token, invitation, refusal, pending }: PageProps) {
	const { hasAccount, signedInAs, isForThem } = invitation
	if (!isForThem) {
		return (
			<AnswerForm token={token} intent="switch" label="Sign out and go on" pending={pending}>
				<p className="text-muted [overflow-wrap:anywhere]">
					This invitation is for another address than yours: you are signed in as {signedInAs}.
				</p>
			</AnswerForm>
		)
	}
	if (hasAccount) {
		return (
			<AnswerForm token={token} intent="accept" label="Join the team" pending={pending}>
				<p className="text-muted">You join with the account you have, and sign in to it next.</p>
			</AnswerForm>
		)
	}
	return (
		<AnswerForm token={token} intent="accept" label="Make an account and join" pending={pending}>
			<Field label="Your name" error={errorAt(refusal, 'name')}>
				{(control) => <Input {...control} name="name" autoComplete="name" required maxLength={80} />}
			</Field>
			<NewPasswordField error={errorAt(refusal, 'password')} />
		</AnswerForm>
	)
}

type AnswerFormProps = {
	token: string
	intent: 'accept' | 'switch'
	label: string
	pending: boolean
	children: ReactNode
}

function AnswerForm({ token, intent, label, pending, children }: AnswerFormProps) {
	return (
		<Form method="post" action="/invitation" className="grid gap-4">
			<input type="hidden" name="token" value={token} />
			<input type="hidden" name="intent" value={intent} />
			{children}
			<Button type="submit" tone="primary" size="lg" wide pending={pending}>
				{label}
			</Button>
		</Form>
	)
}
