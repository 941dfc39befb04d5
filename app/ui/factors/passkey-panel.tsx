import type { PasskeyView } from '#app/contracts/factors.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Time } from '../kit/time.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { useSecurityCommand } from './security-command.ts'

type PasskeyPanelProps = { passkeys: readonly PasskeyView[]; onCodes: (codes: string[]) => void }

export function PasskeyPanel({ passkeys, onCodes }: PasskeyPanelProps) {
	const add = useSecurityCommand(({ codes }) => onCodes(codes ?? []))
	return (
		<Panel title="Passkeys" note="Your fingerprint, face or security key, instead of a password and a code.">
			{passkeys.length > 0 && (
				<ul aria-label="Passkeys" className="mb-4 grid gap-4">
					{passkeys.map((passkey) => (
						<Passkey key={passkey.id} passkey={passkey} />
					))}
				</ul>
			)}
			<div className="grid justify-items-start gap-2">
				<PasskeyButton
					path="/console/profile/passkey-offer"
					register
					onAnswer={(response) => add.submit({ intent: 'add-passkey', response }, { method: 'post' })}
				>
					Add a passkey
				</PasskeyButton>
				{add.refusal && <FieldError>{add.refusal.message}</FieldError>}
			</div>
		</Panel>
	)
}

function Passkey({ passkey }: { passkey: PasskeyView }) {
	const rename = useSecurityCommand()
	const remove = useSecurityCommand()
	return (
		<li className="grid gap-2">
			<div className="flex flex-wrap items-end gap-2">
				<rename.Form method="post" className="flex min-w-0 flex-1 items-end gap-2">
					<input type="hidden" name="intent" value="rename-passkey" />
					<input type="hidden" name="passkey" value={passkey.id} />
					<Field label="Name" hideLabel className="min-w-40 flex-1">
						{(control) => (
							<Input {...control} name="name" defaultValue={passkey.name} maxLength={60} required />
						)}
					</Field>
					<Button type="submit" pending={rename.pending}>
						Rename
					</Button>
				</rename.Form>
				<remove.Form method="post">
					<input type="hidden" name="intent" value="remove-passkey" />
					<input type="hidden" name="passkey" value={passkey.id} />
					<Button type="submit" tone="quiet" pending={remove.pending}>
						Remove
					</Button>
				</remove.Form>
			</div>
			<p className="text-sm text-muted">
				Added <Time at={passkey.addedAt} />.{' '}
				{passkey.usedAt ? (
					<>
						Last used <Time at={passkey.usedAt} />.
					</>
				) : (
					'Not used yet.'
				)}
			</p>
			{rename.refusal && <FieldError>{rename.refusal.message}</FieldError>}
			{remove.refusal && <FieldError>{remove.refusal.message}</FieldError>}
		</li>
	)
}
