import type { SecurityView } from '#app/contracts/factors.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { useSecurityCommand } from './security-command.ts'

export function GooglePanel({ isSandbox, linkedAs }: NonNullable<SecurityView['google']>) {
	const change = useSecurityCommand()
	const name = isSandbox ? 'Google (sandbox)' : 'Google'
	return (
		<Panel title={name} note={`Sign in with your ${name} account instead of the password.`}>
			<change.Form method="post" className="grid justify-items-start gap-3">
				<input type="hidden" name="intent" value={linkedAs ? 'unlink-google' : 'link-google'} />
				{linkedAs ? (
					<p className="text-muted">
						Linked to <strong className="font-medium text-ink">{linkedAs}</strong>.
					</p>
				) : (
					<Field label="Your password, to link an account" className="w-full max-w-sm">
						{(control) => (
							<Input {...control} name="password" type="password" autoComplete="current-password" required />
						)}
					</Field>
				)}
				<Button type="submit" pending={change.pending}>
					{linkedAs ? 'Unlink' : `Link ${name}`}
				</Button>
				{change.refusal && <FieldError>{change.refusal.message}</FieldError>}
			</change.Form>
		</Panel>
	)
}
