import type { GoogleView } from '#app/contracts/factors.ts'
import { GoogleMark } from '../auth/google-button.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { FieldError } from '../kit/field.tsx'
import { Time } from '../kit/time.tsx'
import { useSecurityCommand } from './security-command.ts'

export function GooglePanel({ google }: { google: GoogleView }) {
	const { linked, pending } = google
	return (
		<Panel
			title="Google"
			note="Sign in with your Google account instead of a password."
			action={linked ? <Badge tone="good">Linked</Badge> : <Badge tone="neutral">Off</Badge>}
		>
			{linked ? <Linked linked={linked} /> : pending ? <Pending email={pending} /> : <Unlinked />}
		</Panel>
	)
}

function Linked({ linked: { email, since, usedAt } }: { linked: NonNullable<GoogleView['linked']> }) {
	const unlink = useSecurityCommand()
	return (
		<unlink.Form method="post" className="grid justify-items-start gap-3">
			<p className="text-muted">
				<span className="font-medium text-ink [overflow-wrap:anywhere]">{email}</span>, linked{' '}
				<Time at={since} />.{' '}
				{usedAt ? (
					<>
						Last used <Time at={usedAt} />.
					</>
				) : (
					'Not used since.'
				)}
			</p>
			<input type="hidden" name="intent" value="unlink-google" />
			<Button type="submit" pending={unlink.pending}>
				Unlink Google
			</Button>
			{unlink.refusal && <FieldError>{unlink.refusal.message}</FieldError>}
		</unlink.Form>
	)
}

function Pending({ email }: { email: string }) {
	const link = useSecurityCommand()
	return (
		<link.Form method="post" className="grid justify-items-start gap-3">
			<p className="text-muted">
				You came back from Google as{' '}
				<span className="font-medium text-ink [overflow-wrap:anywhere]">{email}</span>. Link it, and whoever
				can sign in to that Google account can sign in here.
			</p>
			<input type="hidden" name="intent" value="link-google" />
			<Button type="submit" tone="primary" pending={link.pending}>
				Link this Google account
			</Button>
			{link.refusal && <FieldError>{link.refusal.message}</FieldError>}
		</link.Form>
	)
}

function Unlinked() {
	const begin = useSecurityCommand()
	return (
		<begin.Form method="post" className="grid justify-items-start gap-3">
			<p className="text-muted">
				You go to Google, choose your account and come back here. Your second step is still asked for.
			</p>
			<input type="hidden" name="intent" value="begin-google" />
			<Button type="submit" pending={begin.pending}>
				<GoogleMark />
				Link a Google account
			</Button>
			{begin.refusal && <FieldError>{begin.refusal.message}</FieldError>}
		</begin.Form>
	)
}
