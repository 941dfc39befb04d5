import { useRef } from 'react'
import { MailQuestion } from 'lucide-react'
import type { ProfileView } from '#app/contracts/profile.ts'
import { errorAt, RefusalBanner } from '../auth/auth-card.tsx'
import { CurrentPasswordField, NewPasswordField } from '../auth/password-field.tsx'
import { useCommand } from '../console/use-command.ts'
import { Banner } from '../kit/banner.tsx'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'

type Refused = { ok: false; message: string; field: string | null }

export function NameForm({ name }: { name: string }) {
	const { Form, pending, refusal } = useCommand<Refused>()
	return (
		<Form method="post" className="grid gap-4">
			<input type="hidden" name="intent" value="name" />
			<RefusalBanner refusal={refusal} fields={['name']} />
			<Field
				label="Your name"
				error={errorAt(refusal, 'name')}
				hint="Your colleagues see it beside what you do."
			>
				{(control) => (
					<Input {...control} name="name" defaultValue={name} autoComplete="name" required maxLength={80} />
				)}
			</Field>
			<Button type="submit" pending={pending} className="justify-self-start">
				Save the name
			</Button>
		</Form>
	)
}

type EmailFormProps = Pick<ProfileView, 'email' | 'newEmail' | 'hasPassword'>

export function EmailForm({ email, newEmail, hasPassword }: EmailFormProps) {
	const form = useRef<HTMLFormElement>(null)
	const { Form, pending, refusal } = useCommand<Refused>(() => form.current?.reset())
	return (
		<div className="grid gap-4">
			<p className="[overflow-wrap:anywhere]">
				<span className="text-muted">Now:</span> <span className="font-medium">{email}</span>
			</p>
			{newEmail && <WaitingEmail email={newEmail} />}
			{hasPassword ? (
				<Form ref={form} method="post" className="grid gap-4">
					<input type="hidden" name="intent" value="email" />
					<RefusalBanner refusal={refusal} fields={['email', 'current']} />
					<Field label="New address" error={errorAt(refusal, 'email')}>
						{(control) => (
							<Input {...control} name="email" type="email" autoComplete="email" required maxLength={254} />
						)}
					</Field>
					<CurrentPasswordField error={errorAt(refusal, 'current')} />
					<Button type="submit" pending={pending} className="justify-self-start">
						Change the address
					</Button>
				</Form>
			) : (
				<p className="text-muted">Choose a password first: a change of the address asks for it.</p>
			)}
		</div>
	)
}

function WaitingEmail({ email }: { email: string }) {
	const { Form, pending } = useCommand<Refused>()
	return (
		<Banner tone="wait" icon={MailQuestion}>
			<span className="[overflow-wrap:anywhere]">{email}</span> is not confirmed yet: open the link in the
			mail we sent there.
			<Form method="post" className="mt-2">
				<input type="hidden" name="intent" value="keep_email" />
				<Button type="submit" size="sm" pending={pending}>
					Keep the old address
				</Button>
			</Form>
		</Banner>
	)
}

/** A first password comes by the same link as a forgotten one: it shows that the mailbox is theirs. */
export function NoPassword() {
	return (
		<div className="grid justify-items-start gap-3">
			<p className="text-muted">
				You sign in with Google or a passkey and have no password. We can mail you a link to choose one; then
				you are signed out and sign in again.
			</p>
			<ButtonLink to="/forgot-password">Choose a password</ButtonLink>
		</div>
	)
}

export function PasswordForm() {
	const form = useRef<HTMLFormElement>(null)
	const { Form, pending, refusal } = useCommand<Refused>(() => form.current?.reset())
	return (
		<Form ref={form} method="post" className="grid gap-4">
			<input type="hidden" name="intent" value="password" />
			<RefusalBanner refusal={refusal} fields={['current', 'password']} />
			<CurrentPasswordField error={errorAt(refusal, 'current')} />
			<NewPasswordField label="New password" error={errorAt(refusal, 'password')} />
			<Button type="submit" pending={pending} className="justify-self-start">
				Change the password
			</Button>
		</Form>
	)
}
